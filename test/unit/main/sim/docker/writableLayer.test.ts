import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const host = () => {
  const made = new DockerHost()
  made.run('docker run -d --name c1 busybox sleep 1d')
  made.run("docker exec c1 sh -c 'echo hello > /note'")
  return made
}

test.each([
  'docker stop -t 0 c1 && docker start c1',
  'docker restart -t 0 c1',
  'docker kill c1 && docker start c1',
  'docker pause c1 && docker unpause c1',
  'docker rename c1 c2 && docker rename c2 c1',
])('%s keeps the writable layer', (line) => {
  const it = host()
  it.run(line)
  expect(it.run('docker exec c1 cat /note')).toBe('hello\n')
})

test('rm loses it: a new container of the same name begins with the image', () => {
  const it = host()
  it.run('docker rm -f c1')
  expect(it.events('layer-discarded')).toMatchObject([{ bytes: 6, files: 1 }])
  it.run('docker run -d --name c1 busybox sleep 1d')
  expect(it.refused('docker exec c1 cat /note')).toContain('No such file or directory')
})

test('--rm loses it at the end of the process', () => {
  const it = host()
  it.run("docker run --rm --name c2 busybox sh -c 'echo x > /gone'")
  expect(it.events('layer-discarded')).toHaveLength(1)
  expect(it.run('docker ps -aq --filter name=c2')).toBe('')
})

test('each start runs the command again on the same layer', () => {
  const it = host()
  it.run("docker create --name c2 busybox sh -c 'echo run >> /runs; cat /runs'")
  expect(it.run('docker start -a c2')).toBe('run\n')
  expect(it.run('docker start -a c2')).toBe('run\nrun\n')
  expect(it.run('docker logs c2')).toBe('run\nrun\nrun\n')
})

test('containers of one image do not see each other, nor does the image', () => {
  const it = host()
  it.run('docker run -d --name c2 busybox sleep 1d')
  it.refused('docker exec c2 cat /note')
  it.refused('docker run --rm busybox cat /note')
})
