import { describe, expect, test } from 'vitest'
import { addReadyImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

const typed = typeLines(addReadyImage(createWorld(), 'busybox:latest'))

describe("the engine's own mounts", () => {
  test('with --read-only its files over /etc cannot be written, /dev and /dev/shm can', () => {
    const script =
      'for f in hosts hostname resolv.conf new; do echo x > /etc/$f; done; echo x > /dev/shm/a && echo shm; echo x > /dev/b && echo dev'
    const { stdout, stderr } = typed(`docker run --read-only busybox sh -c '${script}'`)
    expect(stderr).toBe(
      ['hosts', 'hostname', 'resolv.conf', 'new']
        .map((name) => `sh: can't create /etc/${name}: Read-only file system\n`)
        .join(''),
    )
    expect(stdout).toBe('shm\ndev\n')
    expect(
      typed("docker run busybox sh -c 'echo mine > /etc/hostname; cat /etc/hostname'").stdout,
    ).toBe('mine\n')
  })

  test('/dev/shm is a mount of its own, from which nothing is run', () => {
    const run = (script: string) => typed(`docker run --name c1 busybox sh -c '${script}'`)
    expect(run('grep shm /proc/mounts').stdout).toBe(
      'shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=65536k 0 0\n',
    )
    expect(run('df /dev/shm | tail -n 1 | awk "{print \\$1, \\$2, \\$6}"').stdout).toBe(
      'shm 65536 /dev/shm\n',
    )
    expect(run('cp /bin/busybox /dev/shm/echo; /dev/shm/echo hi').stderr).toBe(
      'sh: /dev/shm/echo: Permission denied\n',
    )
    expect(run('echo a > /dev/a; ln /dev/a /dev/shm/a').stderr).toBe(
      'ln: /dev/shm/a: Invalid cross-device link\n',
    )
    expect(run('rmdir /dev/shm').stderr).toBe("rmdir: '/dev/shm': Device or resource busy\n")
  })

  test('it is empty after a restart, and anything may be mounted over it', () => {
    const lines = [
      'docker run -d --name c1 busybox sleep 1d',
      'docker exec c1 touch /dev/shm/note',
      'docker restart -t 0 c1',
    ]
    expect(typed(...lines, 'docker exec c1 ls /dev/shm').stdout).toBe('')
    expect(typed(...lines.slice(0, 2), 'docker exec c1 ls /dev/shm').stdout).toBe('note\n')
    expect(
      typed(
        'docker run -v kept:/dev/shm busybox touch /dev/shm/a',
        'docker run -v kept:/x busybox ls /x',
      ).stdout,
    ).toBe('a\n')
  })
})

describe('a named volume over a file', () => {
  test('an empty one cannot be filled from it: nothing is made but the volume', () => {
    const create = 'docker create --name c1 -v rows:/etc/passwd busybox true'
    const { stderr, exit } = typed(create)
    expect(stderr).toMatch(
      /^Error response from daemon: source \/var\/lib\/docker\/overlay2\/[0-9a-f]{64}\/merged\/etc\/passwd is not directory\n$/,
    )
    expect(exit).toBe(1)
    expect(typed(create, 'docker ps -aq').stdout).toBe('')
    expect(typed(create, 'docker volume ls -q').stdout).toBe('rows\n')
  })

  test('one with something in it is found out at the start', () => {
    const lines = [
      'docker run -v rows:/data busybox touch /data/f',
      'docker create --name c1 -v rows:/etc/passwd busybox true',
    ]
    expect(typed(...lines).exit).toBe(0)
    expect(typed(...lines, 'docker start c1').stderr).toContain('not a directory')
  })
})
