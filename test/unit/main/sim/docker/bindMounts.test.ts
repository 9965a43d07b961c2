import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const host = () =>
  new DockerHost()
    .build('site:1', ['FROM busybox', 'RUN mkdir /www && echo image > /www/index'])
    .files({ 'site/page': 'host\n' })

test("a bind mount hides the image's files and shows the host's", () => {
  const it = host()
  expect(it.run('docker run --rm -v ./site:/www site:1 ls /www')).toBe('page\n')
  expect(it.events('mounted')).toMatchObject([{ kind: 'bind', path: '/www', hiddenBytes: 6 }])
  expect(it.run('docker run --rm site:1 cat /www/index')).toBe('image\n')
})

test('writes are on the host at once, and not in the writable layer', () => {
  const it = host()
  it.run('docker run -d --name c1 -v ./site:/www site:1 sleep 1d')
  it.run("docker exec c1 sh -c 'echo from container > /www/new'")
  expect(it.run('cat site/new')).toBe('from container\n')
  it.run('echo from host > site/page')
  expect(it.run('docker exec c1 cat /www/page')).toBe('from host\n')
  expect(it.run('docker diff c1')).toBe('')
  expect(it.run("docker ps -s --format '{{.Size}}'")).toMatch(/^0B /)
})

test('-v makes a missing source as a directory, also where a file was meant; --mount refuses', () => {
  const it = host()
  expect(
    it.refused('docker run --rm -v ./conf.json:/etc/conf.json busybox cat /etc/conf.json'),
  ).toContain('Is a directory')
  expect(it.run('stat -c %F conf.json')).toBe('directory\n')
  expect(
    it.refused('docker run --rm --mount type=bind,src=$PWD/nope,dst=/x busybox true', 125),
  ).toContain('bind source path does not exist: /srv/driftwood/nope')
})

test('a word without a slash is a volume, not a folder', () => {
  const it = host()
  it.run('docker run --rm -v site:/www busybox true')
  expect(it.volumes()).toEqual(['site'])
})

test('a file that is replaced by rename stays the old one in the container', () => {
  const it = host()
  it.run('docker run -d --name c1 -v ./site/page:/page busybox sleep 1d')
  it.run('echo second > next && mv next site/page')
  expect(it.run('docker exec c1 cat /page')).toBe('host\n')
  it.run('docker restart -t 0 c1')
  expect(it.run('docker exec c1 cat /page')).toBe('second\n')
})
