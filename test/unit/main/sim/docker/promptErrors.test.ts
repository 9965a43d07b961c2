import { expect, test } from 'vitest'
import { addReadyImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

/** The answers here were heard from the client and engine themselves. */
const start = addReadyImage(createWorld(), 'busybox:latest')

const typed = typeLines(start)

const running = 'docker run -d --name c1 -v rows:/data busybox sleep 1d'

test.each([
  ['docker ps', 'failed to execute template', '*formatter.ContainerContext'],
  ['docker volume ls', 'template parsing error', '*formatter.volumeContext'],
  ['docker images', 'template parsing error', '*formatter.imageContext'],
  ['docker history busybox', 'template parsing error', '*image.historyContext'],
  ['docker system df', 'template parsing error', '*formatter.diskUsageImagesContext'],
  ['docker volume inspect rows', 'template parsing error', 'volume.Volume'],
])('%s: a field that is not there is named with its type', (command, head, type) => {
  const { stderr, exit } = typed(running, `${command} --format '{{.Nope}}'`)
  expect(stderr).toBe(
    `${head}: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type ${type}\n`,
  )
  expect(exit).toBe(1)
})

test('docker ps tries a template even when there is nothing to list', () => {
  expect(typed("docker ps --format '{{.Nope}}'").exit).toBe(1)
  expect(typed("docker ps --format '{{.Names}}'").exit).toBe(0)
})

test('a brace that stands alone is named', () => {
  expect(typed("docker ps --format '{{.Names}'").stderr).toBe(
    "failed to parse template: template: :1: bad character U+007D '}'\n",
  )
  expect(typed("docker ps --format '{{.Names'").stderr).toContain('unclosed action')
})

test('-v with one relative path is an anonymous volume below the root', () => {
  const { stdout } = typed(
    'docker run -d --name c1 -v data busybox sleep 1d',
    'docker exec c1 grep -c " /data " /proc/mounts',
  )
  expect(stdout).toBe('1\n')
})

test('a mount point that is given twice: what was made before stays', () => {
  const lines = ['docker run --rm -v v1:/x -v w1:/x busybox true']
  expect(typed(...lines).stderr).toContain('Duplicate mount point: /x')
  expect(typed(...lines, 'docker volume ls -q').stdout).toBe('v1\n')
})

test('an option that tmpfs does not have is told in two parts', () => {
  expect(typed('docker run --rm --tmpfs /x:bad=1 busybox true').stderr).toContain(
    'invalid tmpfs option ["bad" "1"]',
  )
})

test('a volume driver that is not there', () => {
  expect(typed('docker volume create --driver nope vb').stderr).toBe(
    'Error response from daemon: create vb: error looking up volume plugin nope: plugin "nope" not found\n',
  )
})

test('inspect names the types that it knows', () => {
  expect(typed('docker inspect --type nope x').stderr).toMatch(
    /^unknown type: "nope": must be one of "config", "container", /,
  )
})

test('ps in a container names the main process, ls tells the full time', () => {
  expect(typed(running, 'docker exec c1 ps').stdout).toMatch(/^ {4}1 root {5}sleep 1d$/m)
  expect(typed(running, 'docker exec c1 ls --full-time /etc/passwd').stdout).toMatch(
    / \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 \/etc\/passwd\n$/,
  )
})

test('docker cp reads the files that the engine lays over /etc', () => {
  expect(typed(running, 'docker cp c1:/etc/hostname hn', 'wc -c < hn').stdout).toBe('13\n')
})

test.each([
  ['docker volume ls -f dangling=maybe', "invalid filter 'dangling=[maybe]'"],
  ['docker ps -a --filter status=nope', "invalid filter 'status=nope'"],
])('%s is refused', (line, text) => {
  expect(typed(running, line)).toMatchObject({
    stderr: `Error response from daemon: ${text}\n`,
    exit: 1,
  })
})

test('exec as a user that is not there is told on the output, with 126', () => {
  expect(typed(running, 'docker exec -u nope c1 id')).toMatchObject({
    stdout: 'unable to find user nope: no matching entries in passwd file\n',
    exit: 126,
  })
})

test('a new name that cannot be one', () => {
  expect(typed(running, "docker rename c1 'a b'").stderr).toMatch(
    /^Error response from daemon: Error when allocating new name: Invalid container name \(\/a b\), only /,
  )
})

test('/proc/mounts tells how big a tmpfs may become', () => {
  const { stdout } = typed(
    'docker run -d --name c1 --tmpfs /t:size=64k busybox sleep 1d',
    'docker exec c1 grep " /t " /proc/mounts',
  )
  expect(stdout).toContain(',size=64k 0 0')
})

test('docker cp follows a link at the target, and one at the source with -L or a slash', () => {
  const linked =
    "docker exec c1 sh -c 'echo old > /f; ln -s f /l; mkdir /d; echo x > /d/x; ln -s d /dl'"
  const lines = [running, linked, 'echo new > host']
  expect(typed(...lines, 'docker cp host c1:/l', 'docker exec c1 cat /f').stdout).toBe('new\n')
  expect(typed(...lines, 'docker cp c1:/l out', 'readlink out').stdout).toBe('f\n')
  expect(typed(...lines, 'docker cp -L c1:/l out', 'cat out').stdout).toBe('old\n')
  expect(typed(...lines, 'docker cp c1:/dl/ out', 'ls out').stdout).toBe('x\n')
  expect(typed(...lines, 'docker cp host c1:/f/x').stderr).toBe(
    'Error response from daemon: extraction point is not a directory\n',
  )
})

test('volume ls -f name= is a pattern, labels have to fit all', () => {
  const made = ['docker volume create --label k=v v1', 'docker volume create v2']
  expect(typed(...made, 'docker volume ls -q -f name=^v1$').stdout).toBe('v1\n')
  expect(typed(...made, 'docker volume ls -q -f label=k -f label=q').stdout).toBe('')
})
