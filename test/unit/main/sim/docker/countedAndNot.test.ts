import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const host = () => {
  const it = new DockerHost().build('app:1', [
    'FROM busybox',
    'RUN mkdir /app && echo v=1 > /app/conf && dd if=/dev/zero of=/app/model bs=1000000 count=50',
    'CMD ["sleep","1d"]',
  ])
  it.run('docker run -d --name c1 -v vol:/data --tmpfs /t app:1')
  return it
}

const size = (it: DockerHost) => it.run("docker ps -s --format '{{.Size}}'").split(' ')[0]

test('ps -s counts the writable layer alone: no volume, no tmpfs', () => {
  const it = host()
  it.run('docker exec c1 dd if=/dev/zero of=/data/f bs=1000000 count=3')
  it.run('docker exec c1 dd if=/dev/zero of=/t/f bs=1000000 count=3')
  expect(size(it)).toBe('0B')
  it.run('docker exec c1 dd if=/dev/zero of=/f bs=1000000 count=3')
  expect(size(it)).toBe('3MB')
})

test('a chmod of a big file of the image counts with the whole file; its rm with nothing', () => {
  const it = host()
  it.run('docker exec c1 chmod 600 /app/model')
  expect(size(it)).toBe('50MB')
  it.run('docker exec c1 rm /app/model')
  expect(size(it)).toBe('0B')
})

test('diff compares, it does not list the layer: a mode that was set back is not seen', () => {
  const it = host()
  it.run('docker exec c1 chmod 600 /app/conf')
  expect(it.run('docker diff c1')).toContain('C /app/conf\n')
  it.run('docker exec c1 chmod 644 /app/conf')
  expect(it.run('docker diff c1')).not.toContain('conf')
  expect(size(it)).toBe('4B')
})

test('diff shows mount points that the engine made, never what is mounted there', () => {
  const it = host()
  it.run("docker exec c1 sh -c 'echo x > /data/x; echo y > /t/y'")
  expect(it.run('docker diff c1').split('\n').sort()).toEqual(['', 'A /data', 'A /t'])
})

test('commit takes the writable layer: whiteouts too, volumes not', () => {
  const it = host()
  it.run("docker exec c1 sh -c 'echo v=2 > /app/conf; echo lost > /data/f; rm /app/model'")
  it.run('docker commit c1 app:2')
  expect(it.run('docker run --rm app:2 ls /app /data')).toBe('/app:\nconf\n\n/data:\n')
  expect(it.run('docker run --rm app:2 cat /app/conf')).toBe('v=2\n')
  expect(it.run('docker run --rm app:1 ls /app')).toBe('conf\nmodel\n')
})

test('cp reaches a named volume, also of a stopped container, but never a tmpfs', () => {
  const it = host()
  it.run('echo hi > f')
  it.run('docker cp f c1:/data/f')
  expect(it.run('docker exec c1 cat /data/f')).toBe('hi\n')
  it.run('docker cp f c1:/t/f')
  expect(it.run('docker exec c1 ls /t')).toBe('')
  it.run('docker stop -t 0 c1')
  it.run('docker cp c1:/data/f back')
  expect(it.run('cat back')).toBe('hi\n')
})

test('deleting in a later layer frees nothing; doing both in one does', () => {
  const it = new DockerHost()
    .build('two', [
      'FROM busybox',
      'RUN dd if=/dev/zero of=/big bs=1000000 count=20',
      'RUN rm /big',
    ])
    .build('one', ['FROM busybox', 'RUN dd if=/dev/zero of=/big bs=1000000 count=20 && rm /big'])
  const sizes = it.run("docker images --format '{{.Repository}} {{.Size}}'")
  expect(sizes).toContain('two 22MB')
  expect(sizes).toContain('one 1.98MB')
})

test('a log writer copies the whole old log up for its first line, and then no more', () => {
  const it = new DockerHost(['driftwood/logger:1.0'])
  it.run('docker run -d --name lg driftwood/logger:1.0')
  expect(it.events('file-copied-up')).toMatchObject([{ bytes: 20_000_000 }])
  it.run('docker restart lg')
  expect(it.events('file-copied-up')).toEqual([])
})

test('diff: a directory that became a file is one C, its old children are not told', () => {
  const it = host()
  it.run("docker exec c1 sh -c 'rm -r /app; echo f > /app'")
  expect(it.run('docker diff c1').split('\n').sort()).toEqual(['', 'A /data', 'A /t', 'C /app'])
})

test('diff: directories made again inside a directory made again miss their old children too', () => {
  const it = new DockerHost().build('deep:1', [
    'FROM busybox',
    'RUN mkdir -p /srv/a/b /srv/x && touch /srv/a/b/new /srv/x/big /srv/x/small',
    'CMD ["sleep","1d"]',
  ])
  it.run('docker run -d --name c1 deep:1')
  it.run("docker exec c1 sh -c 'rm -r /srv; mkdir -p /srv/x; touch /srv/x/big'")
  expect(it.run('docker diff c1').split('\n').sort()).toEqual([
    '',
    'C /srv',
    'C /srv/x',
    'C /srv/x/big',
    'D /srv/a',
    'D /srv/x/small',
  ])
  it.run("docker exec c1 sh -c 'rm -r /srv; mkdir -p /srv/a/b'")
  expect(it.run('docker diff c1').split('\n').sort()).toEqual([
    '',
    'C /srv',
    'C /srv/a',
    'C /srv/a/b',
    'D /srv/a/b/new',
    'D /srv/x',
  ])
})

test('ADD of an archive unpacks it, COPY does not', () => {
  const it = new DockerHost().files({
    'ctx/d/i': 'one\n',
    'ctx/Dockerfile':
      'FROM busybox\nADD d.tar /un\nADD --chown=5:6 d.tar /own\nCOPY d.tar /kept/\n',
  })
  it.run('tar cf ctx/d.tar -C ctx d')
  it.run('docker build -q -t add:1 ctx')
  expect(it.run('docker run --rm add:1 cat /un/d/i')).toBe('one\n')
  expect(it.run('docker run --rm add:1 stat -c %u:%g /un/d/i /own/d/i')).toBe('0:0\n5:6\n')
  expect(it.run('docker run --rm add:1 ls /kept')).toBe('d.tar\n')
})
