import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

test('a user that the image does not know is refused by the engine, not by runc', () => {
  const it = new DockerHost()
  expect(it.refused('docker run --rm -u ghost busybox true', 125)).toBe(
    "docker: Error response from daemon: unable to find user ghost: no matching entries in passwd file\n\nRun 'docker run --help' for more information\n",
  )
  expect(it.refused('docker run --rm -u 5:ghosts busybox true', 125)).toContain(
    'daemon: unable to find group ghosts: no matching entries in group file\n',
  )
})

test('a working directory that is a file of the image: nothing is created', () => {
  const it = new DockerHost()
  expect(it.refused('docker run --name wd -v /anon -w /etc/passwd busybox pwd', 125)).toContain(
    'docker: Error response from daemon: Cannot mkdir: /etc/passwd is not a directory\n',
  )
  expect(it.run('docker ps -aq')).toBe('')
  expect(it.volumes()).toEqual([])
})

test('too few words: the client says See, other counts say Run', () => {
  const it = new DockerHost()
  expect(it.refused('docker rm')).toBe(
    "docker: 'docker rm' requires at least 1 argument\n\nUsage:  docker rm [OPTIONS] CONTAINER [CONTAINER...]\n\nSee 'docker rm --help' for more information\n",
  )
  expect(it.refused('docker diff')).toContain("Run 'docker diff --help'")
  expect(it.refused('docker volume fetch')).toBe(
    "docker: unknown command: docker volume fetch\n\nUsage:  docker volume COMMAND\n\nRun 'docker volume --help' for more information\n",
  )
})

test('cp into a directory that is not there', () => {
  const it = new DockerHost().files({ f: 'x\n', 'd/g': 'y\n' })
  it.run('docker create --name cc busybox')
  expect(it.refused('docker cp f cc:/nowhere/')).toBe('no such directory\n')
  expect(it.refused('tar cf - d | docker cp - cc:/nowhere')).toBe(
    'destination "cc:/nowhere" must be a directory\n',
  )
  expect(it.refused('tar cf - d | docker cp - cc:/etc/passwd')).toBe(
    'destination "cc:/etc/passwd" must be a directory\n',
  )
})

test('a volume in system df -v has four digits, in volume ls nobody has counted', () => {
  const it = new DockerHost()
  it.run('docker run --name ww -v vol:/v busybox truncate -s 12345 /v/f')
  expect(it.run("docker system df -v --format '{{range .Volumes}}{{.Size}}{{end}}'")).toBe(
    '12.35kB',
  )
  expect(it.run("docker volume ls --format '{{.Links}} {{.Size}}'")).toBe('N/A N/A\n')
})
