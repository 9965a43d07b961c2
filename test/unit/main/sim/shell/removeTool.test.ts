import { beforeEach, describe, expect, test } from 'vitest'
import { type Box, makeBox } from '../../../../support/shellBox.ts'

/** The answers here are busybox 1.35's, heard in a container. */
describe('rm', () => {
  let box: Box

  beforeEach(() => {
    box = makeBox()
    box.sh('mkdir -p t d; touch t/f d/one; ln -s t l; ln -s nowhere broken')
  })

  const listed = (path: string): string => box.sh(`ls ${path}`).stdout

  test.each(['rm l/', 'rm -r l/', 'rm -rf l//'])(
    '%s removes the link, not what it leads to',
    (line) => {
      expect(box.sh(line)).toMatchObject({ code: 0, stderr: '' })
      expect(listed('t')).toBe('f\n')
      expect(listed('.')).not.toContain('l\n')
    },
  )

  test('a link that leads nowhere is removed the same way', () => {
    expect(box.sh('rm -r broken/').code).toBe(0)
    expect(listed('.')).toBe('d\nl\nt\n')
  })

  test.each(['rm -r .', 'rm -rf ..', 'rm -r ./', 'rm -r l/.', 'rm -r d/..'])(
    '%s is refused and removes nothing',
    (line) => {
      const { code, stderr } = box.sh(line)
      expect(stderr).toBe("rm: can't remove '.' or '..'\n")
      expect(code).toBe(1)
      expect(listed('.')).toBe('broken\nd\nl\nt\n')
      expect(listed('t')).toBe('f\n')
    },
  )

  test('-v tells of directories, too', () => {
    expect(box.sh('rm -rv d').stdout).toBe("removed 'd/one'\nremoved directory: 'd'\n")
  })
})

describe('a fifo', () => {
  test.each(['echo x > p', 'cat < p', 'echo x >> p'])(
    '%s waits for the other end, which never comes',
    (line) => {
      const box = makeBox()
      box.sh('mkfifo p')
      expect(box.sh(line, { isMain: true }).code).toBeNull()
      const { code, stderr } = box.sh(`${line}; echo after > note`)
      expect(stderr).toContain('it would not end by itself')
      expect(code).toBe(137)
      expect(box.sh('ls').stdout).toBe('p\n')
    },
  )

  test('opened for both, it does not wait', () => {
    const box = makeBox()
    expect(box.sh('mkfifo p; exec 3<> p; echo on')).toMatchObject({ code: 0, stdout: 'on\n' })
  })
})
