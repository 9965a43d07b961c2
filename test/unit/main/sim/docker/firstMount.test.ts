import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const host = () =>
  new DockerHost()
    .build('seed:1', [
      'FROM busybox',
      'RUN mkdir /data && echo one > /data/a && chown -R 1000:1000 /data && chmod 750 /data',
    ])
    .build('seed:2', ['FROM seed:1', 'RUN echo two > /data/a && echo new > /data/b'])

test('an empty volume is filled from the image, with the owner and mode of the directory', () => {
  const it = host()
  expect(it.run('docker run --rm -v vol:/data seed:1 stat -c "%u:%g %a" /data')).toBe(
    '1000:1000 750\n',
  )
  expect(it.run('docker run --rm -v vol:/v busybox ls /v')).toBe('a\n')
})

test('it happens when the container is created, before it starts', () => {
  const it = host()
  it.run('docker create -v vol:/data seed:1')
  expect(it.events('volume-populated')).toMatchObject([{ volume: 'vol', files: 1, path: '/data' }])
})

test("a volume with content hides a newer image's files", () => {
  const it = host()
  it.run('docker run --rm -v vol:/data seed:1 true')
  expect(it.run('docker run --rm -v vol:/data seed:2 ls /data')).toBe('a\n')
  expect(it.run('docker run --rm -v vol:/data seed:2 cat /data/a')).toBe('one\n')
  expect(it.run('docker run --rm seed:2 ls /data')).toBe('a\nb\n')
})

test('a volume that was emptied is filled again', () => {
  const it = host()
  it.run("docker run --rm -v vol:/data seed:1 sh -c 'rm -r /data/*'")
  expect(it.run('docker run --rm -v vol:/data seed:1 ls /data')).toBe('a\n')
})

test.each([
  ['nocopy', '-v vol:/data:nocopy'],
  ['volume-nocopy', '--mount type=volume,src=vol,dst=/data,volume-nocopy'],
  ['a bind mount', '-v ./empty:/data'],
  ['a tmpfs', '--tmpfs /data'],
])('%s is never filled', (_, option) => {
  expect(host().run(`docker run --rm ${option} seed:1 ls -A /data`)).toBe('')
})

test('a read-only volume is filled nevertheless, and refuses writes', () => {
  const it = host()
  expect(it.run('docker run --rm -v vol:/data:ro seed:1 ls /data')).toBe('a\n')
  expect(it.refused("docker run --rm -v vol:/data:ro seed:1 sh -c 'echo x > /data/x'")).toContain(
    'Read-only file system',
  )
})

test('where the image has nothing, the volume belongs to root', () => {
  const it = host()
  expect(it.refused("docker run --rm -u 1000 -v v1:/new seed:1 sh -c 'echo x > /new/f'")).toContain(
    'Permission denied',
  )
  it.run("docker run --rm -u 1000 -v v2:/data seed:1 sh -c 'echo x > /data/f'")
})
