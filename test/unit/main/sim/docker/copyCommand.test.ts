import { describe, expect, test } from 'vitest'
import { addReadyImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

/** The answers here were heard from client 28.2 and engine 20.10. */
const typed = typeLines(addReadyImage(createWorld({ cwd: '/srv' }), 'busybox:latest'))

const made = [
  'docker create --name c1 -v rows:/data -v shut:/shut:ro busybox true',
  'mkdir dir; echo one > dir/a; ln dir/a dir/b; echo f > file; chown 5:6 file',
  'docker cp dir c1:/d1; docker cp file c1:/owned',
]
const onMade = (...lines: readonly string[]) => typed(...made, ...lines)

describe('docker cp', () => {
  test('hard links stay links, both ways and in an archive', () => {
    expect(onMade('docker cp c1:/d1 out', 'stat -c %h out/a out/b').stdout).toBe('2\n2\n')
    expect(
      onMade('docker cp c1:/d1 - > t.tar; mkdir x; tar xf t.tar -C x; stat -c %h x/d1/b').stdout,
    ).toBe('2\n')
  })

  test('what is copied in keeps its owner, what is copied out belongs to the one who copies', () => {
    expect(
      onMade(
        'docker start c1',
        "docker run --volumes-from c1 busybox true; docker cp c1:/owned - > t.tar; mkdir x; tar xf t.tar -C x; stat -c '%u:%g' x/owned",
      ).stdout,
    ).toBe('5:6\n')
    expect(onMade('docker cp c1:/owned back', "stat -c '%u:%g' back").stdout).toBe('0:0\n')
  })

  test.each([
    ['file/ c1:/x', 'not a directory'],
    ['file/. c1:/x', 'not a directory'],
    ['file c1:/owned/', 'no such directory'],
    ['file c1:/none/', 'no such directory'],
    ['dir c1:/owned', 'cannot copy directory'],
    ['c1:/owned file/', 'stat /srv/file/: not a directory'],
    ['c1:/owned file/.', 'stat /srv/file/.: not a directory'],
    ['c1:/d1 file', 'cannot copy directory'],
    ['c1:/owned none/', 'no such directory'],
    ['c1:/none/ y', 'Error response from daemon: Could not find the file /none/ in container c1'],
    ['c1: y', 'Error response from daemon: bad parameter: pathcannot be empty'],
    ['"" c1:/x', 'source can not be empty'],
    ['file ""', 'destination can not be empty'],
  ])('%s: %s', (words, error) => {
    const { stderr, exit } = onMade(`docker cp ${words}`)
    expect(stderr).toBe(`${error}\n`)
    expect(exit).toBe(1)
  })

  test.each([
    ['file/ nope:/x', 'not a directory'],
    ['none nope:/x', 'lstat /srv/none: no such file or directory'],
    ['file nope:/x/', 'no such directory'],
    ['- nope:/x', 'destination "nope:/x" must be a directory'],
    ['nope:/x file/', 'stat /srv/file/: not a directory'],
    ['nope:/x none/y', 'invalid output path: directory "/srv/none" does not exist'],
    ['nope:/x y', 'Error response from daemon: No such container: nope'],
    ['dir nope:/x/', 'Error response from daemon: No such container: nope'],
  ])('a container that is not there comes after what the client sees: %s', (words, error) => {
    expect(onMade(`docker cp ${words}`).stderr).toBe(`${error}\n`)
  })

  test('-L of a link that leads nowhere names where it leads', () => {
    const links = 'ln -s nowhere dang; ln -s /none/deep far; docker cp dang c1:/dang'
    expect(onMade(links, 'docker cp -L dang c1:/x').stderr).toBe(
      'lstat /srv/nowhere: no such file or directory\n',
    )
    expect(onMade(links, 'docker cp -L far c1:/x').stderr).toBe(
      'lstat /none: no such file or directory\n',
    )
    expect(onMade(links, 'docker cp -L c1:/dang x').stderr).toBe(
      'Error response from daemon: Could not find the file /nowhere in container c1\n',
    )
  })

  test('the root and the content of a directory have names of their own in an archive', () => {
    expect(onMade('docker cp c1:/ - | tar t | head -n 2').stdout).toMatch(/^\/\n\/\.?\w/)
    expect(onMade('docker cp c1:/d1/. - | tar t | sort').stdout).toBe('./\n./a\n./b\n')
    expect(onMade('docker cp c1:/d1/ - | tar t | sort').stdout).toBe('d1/\nd1/a\nd1/b\n')
  })

  test('without a path a directory is poured out into the root, and a file has no place', () => {
    expect(onMade('docker cp dir c1:', 'docker diff c1').stdout).toContain('A /a\nA /b\n')
    expect(onMade('docker cp file c1:').stderr).toBe('no such directory\n')
  })

  test('into a read-only container only volumes take anything', () => {
    const lines = [
      'docker create --name ro --read-only -v rows:/data -v shut:/shut:ro busybox true',
    ]
    expect(onMade(...lines, 'docker cp file ro:/data/').exit).toBe(0)
    expect(onMade(...lines, 'docker cp file ro:/etc/x').stderr).toBe(
      'Error response from daemon: container rootfs is marked read-only\n',
    )
    expect(onMade(...lines, 'docker cp file ro:/shut/').stderr).toBe(
      'Error response from daemon: mounted volume is marked read-only\n',
    )
  })
})
