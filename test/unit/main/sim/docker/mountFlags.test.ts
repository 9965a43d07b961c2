import { expect, test } from 'vitest'
import { addReadyImage, buildImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

/** The answers here were heard from the engine; test/conformance/docker-live/cases has the scripts. */
const start = buildImage(
  addReadyImage(createWorld(), 'busybox:latest'),
  'app:1',
  ['FROM busybox', 'RUN mkdir -p /app /data && echo seed > /data/seed && echo v > /app/conf'],
  {},
)

const typed = typeLines(start)

test('one letter before a colon is a drive of Windows: the path of an anonymous volume', () => {
  const made = ['docker create --name c1 -v a:b -v data app:1 true']
  expect(typed(...made, "docker inspect -f '{{json .Config.Volumes}}' c1").stdout).toBe(
    '{"a:b":{},"data":{}}\n',
  )
  const shown = "docker inspect -f '{{range .Mounts}}{{.Destination}} {{end}}' c1"
  expect(
    typed(...made, shown)
      .stdout.trim()
      .split(' ')
      .sort(),
  ).toEqual(['a:b', 'data'])
  expect(typed('docker run --rm -v data app:1 ls /data').stdout).toBe('seed\n')
})

test.each([
  ['ab:ro', "invalid volume specification: 'ab:ro'"],
  ['v1:/m:copy', 'invalid mode: copy'],
  ['v1:/m:ro,ro', 'invalid mode: ro,ro'],
  ['v1:/m:z,Z', 'invalid mode: z,Z'],
  ['a:/m:rx', 'invalid mode: rx'],
])('-v %s is refused', (text, error) => {
  expect(typed(`docker create -v ${text} app:1 true`).stderr).toBe(
    `Error response from daemon: ${error}\n`,
  )
})

test.each([
  ['v1:/m:rshared', 'volume', 'BindOptions'],
  ['/srv:/m:nocopy', 'bind', 'VolumeOptions'],
])('-v %s has an option of the other kind', (text, type, field) => {
  expect(typed(`docker create -v ${text} app:1 true`).stderr).toContain(
    `invalid mount config for type "${type}": field ${field} must not be specified`,
  )
})

test('an anonymous volume over a file leaves neither container nor volume', () => {
  const refused = typed('docker create -v /new -v /app/conf app:1 true')
  expect(refused.stderr).toMatch(
    /^Error response from daemon: cannot mount volume over existing file, file exists \/var\/lib\/docker\/overlay2\/[0-9a-f]{64}\/merged\/app\/conf\n$/,
  )
  const after = 'docker ps -aq; docker volume ls -q'
  expect(typed('docker create -v /new -v /app/conf app:1 true', after).stdout).toBe('')
})

test('a tmpfs in the place of a volume of --mount: the container has both, the tmpfs is mounted', () => {
  const line =
    'docker run --rm --tmpfs /data --mount type=volume,src=w1,dst=/data app:1 ls -A /data'
  expect(typed(line).stdout).toBe('')
  expect(typed(line, 'docker run --rm -v w1:/w app:1 ls /w').stdout).toBe('seed\n')
  expect(typed('docker create --tmpfs /data -v w2:/data app:1 true').stderr).toContain(
    'Duplicate mount point: /data',
  )
  expect(
    typed('docker create --tmpfs /data -v w2:/data app:1 true', 'docker volume ls -q').stdout,
  ).toBe('')
})

test('a tmpfs has the mode of the directory it covers, and runs no programs', () => {
  const stat = (options: string, path: string): string =>
    typed(`docker run --rm ${options} app:1 stat -c '%a %u %g' ${path}`).stdout
  expect(stat('--tmpfs /data', '/data')).toBe('755 0 0\n')
  expect(stat('--tmpfs /zz', '/zz')).toBe('1777 0 0\n')
  expect(stat('--tmpfs /zz:uid=7,gid=8,mode=700', '/zz')).toBe('700 7 8\n')
  const copied = 'cp /bin/busybox /zz; /zz/busybox echo ran'
  expect(typed(`docker run --rm --tmpfs /zz app:1 sh -c '${copied}'`)).toMatchObject({
    stderr: 'sh: /zz/busybox: Permission denied\n',
    exit: 126,
  })
  expect(typed(`docker run --rm --tmpfs /zz:exec app:1 sh -c '${copied}'`).stdout).toBe('ran\n')
})

test('labels of a volume that --mount makes', () => {
  expect(
    typed(
      'docker create --mount type=volume,src=v9,dst=/m,volume-label=a=b,volume-label=c app:1 true',
      "docker volume inspect -f '{{json .Labels}}' v9",
    ).stdout,
  ).toBe('{"a":"b","c":""}\n')
})

test('rm of one name twice: one request finds the container on its way out', () => {
  expect(typed('docker create --name c1 app:1 true', 'docker rm c1 c1')).toMatchObject({
    stdout: 'c1\n',
    stderr: 'Error response from daemon: removal of container c1 is already in progress\n',
    exit: 1,
  })
})

test('a line of /etc/passwd that is too long to read: nobody is found', () => {
  const lines = [
    'docker run -d --name c1 app:1 sleep 1d',
    'docker exec c1 sh -c "head -c 70000 /dev/zero > /etc/passwd"',
  ]
  expect(typed(...lines, 'docker exec c1 true')).toMatchObject({
    stdout:
      'OCI runtime exec failed: exec failed: unable to start container process: unable to setup user: unable to find user 0: bufio.Scanner: token too long\n',
    exit: 126,
  })
  expect(typed(...lines, 'docker exec -u 5 c1 true').stdout).toBe(
    'unable to find user 5: bufio.Scanner: token too long\n',
  )
})

test('ps shows the process tree that led to it', () => {
  expect(typed("docker run --rm app:1 sh -c 'ps && true'").stdout).toMatch(
    /^PID {3}USER {5}COMMAND\n {4}1 root {5}sh -c ps && true\n +\d+ root {5}\{ps\} sh -c ps && true\n$/,
  )
  expect(typed('docker run --rm app:1 ps -o pid,comm').stdout).toBe('PID   COMMAND\n    1 ps\n')
})

test('what the client finds wrong with options is told with 125, by create too', () => {
  expect(typed('docker create -v a1: app:1')).toMatchObject({
    stderr:
      "docker: invalid spec: a1:: empty section between colons\n\nRun 'docker create --help' for more information\n",
    exit: 125,
  })
  expect(typed('docker run --env-file nofile app:1').exit).toBe(125)
  expect(typed('docker create -v a1:b:c:d:e app:1').stderr).toContain(
    "invalid volume specification: 'a1:b:c:d:e'",
  )
})
