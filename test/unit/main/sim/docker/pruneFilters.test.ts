import { expect, test } from 'vitest'
import { addReadyImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

const start = addReadyImage(createWorld(), 'busybox:latest')

const typed = typeLines(start)

const three = [
  'docker run --name x1 -l a=b -l k busybox true',
  'docker run --name x2 -l a=c busybox true',
  'docker run --name x3 busybox true',
]
const names = "docker ps -a --format '{{.Names}}'"

test.each([
  ['label=a', 'x3\n'],
  ['label=a=c', 'x3\nx1\n'],
  ['label!=a', 'x2\nx1\n'],
  ['label=zz', 'x3\nx2\nx1\n'],
  ['until=1h', 'x3\nx2\nx1\n'],
  ['until=0s', ''],
  ['until=2099-01-01', ''],
  ['until=2020-01-01T00:00:00+02:00', 'x3\nx2\nx1\n'],
])('container prune --filter %s leaves the others', (filter, left) => {
  expect(typed(...three, `docker container prune -f --filter ${filter}`, names).stdout).toBe(left)
})

test('all labels asked for have to be there, all shunned ones to be kept for', () => {
  const prune = (filters: string): string =>
    typed(...three, `docker container prune -f ${filters}`, names).stdout
  expect(prune('--filter label=a --filter label=k')).toBe('x3\nx2\n')
  expect(prune('--filter label!=a --filter label!=k')).toBe('x1\n')
})

test('a volume made with options of its driver is never pruned', () => {
  const lines = [
    'docker volume create -o type=tmpfs -o device=tmpfs vt',
    'docker volume create plain',
    'docker volume create --label keep=1 kept',
  ]
  expect(typed(...lines, 'docker volume prune -af', 'docker volume ls -q').stdout).toBe('vt\n')
  expect(
    typed(...lines, 'docker volume prune -af --filter label!=keep', 'docker volume ls -q').stdout,
  ).toBe('kept\nvt\n')
  expect(typed(...lines, 'docker volume prune -f', 'docker volume ls -q').stdout).toBe(
    'kept\nplain\nvt\n',
  )
})

test.each([
  ['docker volume prune -f --filter until=1h', "invalid filter 'until'"],
  ['docker container prune -f --filter dangling=true', "invalid filter 'dangling'"],
  ['docker system prune -f --filter foo=bar', "invalid filter 'foo'"],
  [
    'docker container prune -f --filter until=1h --filter until=2h',
    'more than one until filter specified',
  ],
  ['docker image prune -f --filter until=xx', 'failed to parse value as time or duration: "xx"'],
])('%s is refused by the daemon', (line, text) => {
  expect(typed(line)).toMatchObject({
    stderr: `Error response from daemon: ${text}\n`,
    exit: 1,
  })
})

test('the client wants name=value, and no until with --volumes', () => {
  const bad = typed('docker ps --filter foo')
  expect(bad.stderr).toMatch(
    /^invalid argument "foo" for "-f, --filter" flag: bad format of filter \(expected name=value\)\n\nUsage: {2}docker ps /,
  )
  expect(bad.exit).toBe(125)
  expect(typed('docker system prune -f --volumes --filter until=1h')).toMatchObject({
    stderr: 'ERROR: The "until" filter is not supported with "--volumes"\n',
    exit: 1,
  })
})

test('the question before a system prune lists the filters', () => {
  expect(typed('docker system prune --filter until=3h --filter label=zz').stdout).toContain(
    '\n  Items to be pruned will be filtered with:\n  - label=zz\n  - until=3h\n\nAre',
  )
})

test('dangling asked for both ways is refused', () => {
  for (const command of ['docker images', 'docker volume ls']) {
    expect(typed(`${command} -f dangling=true -f dangling=false`).stderr).toBe(
      "Error response from daemon: invalid filter 'dangling=[true false]'\n",
    )
    expect(typed(`${command} -q -f dangling=1 -f dangling=true -f dangling=maybe`).exit).toBe(0)
    expect(typed(`${command} -f dangling=True`).stderr).toContain('dangling=[True]')
  }
})

test('image prune: the client adds what -a means to what is asked for', () => {
  const left = 'docker images -q'
  expect(typed('docker image prune -f --filter dangling=true', left).stdout).not.toBe('')
  expect(typed('docker image prune -f --filter dangling=maybe').stdout).toContain('Total reclaimed')
  expect(typed('docker image prune -f --filter dangling=false').stderr).toBe(
    "Error response from daemon: invalid filter 'dangling=[false true]'\n",
  )
  expect(typed('docker image prune -f -a --filter dangling=false', left).stdout).toBe('')
  expect(typed('docker container prune -f --filter dangling=true').stderr).toContain(
    "invalid filter 'dangling'",
  )
})

test('builder prune takes what has not been used for so long', () => {
  const lines = [
    'mkdir b',
    "printf 'FROM busybox\\nRUN echo x > /x\\n' > b/Dockerfile",
    'docker build -q -t b1 b',
    'docker rmi b1',
  ]
  const pruned = (filter: string): string =>
    typed(...lines, `docker builder prune -f ${filter}`).stdout
  expect(pruned('--filter until=24h')).toBe('Total reclaimed space: 0B\n')
  expect(pruned('--filter until=0s')).toContain('Deleted build cache objects')
  expect(pruned('--filter id=abc')).toBe('Total reclaimed space: 0B\n')
  const wrong = (filter: string): string =>
    typed(`docker builder prune -f --filter ${filter}`).stderr
  expect(wrong('foo=bar')).toBe(
    "Error response from daemon: failed to prune build cache: invalid filter 'foo'\n",
  )
  expect(wrong('until=x')).toBe(
    `Error response from daemon: failed to prune build cache: "until" filter expects a duration (e.g., '24h'): time: invalid duration "x"\n`,
  )
})
