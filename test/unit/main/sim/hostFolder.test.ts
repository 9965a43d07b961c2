import { describe, expect, test } from 'vitest'
import { apply } from '../../../../src-main/sim/apply.ts'
import { hostFileText, hostFolder, saveHostFile } from '../../../../src-main/sim/hostFolder.ts'
import { addReadyImage } from '../../../../src-main/sim/images.ts'
import { placeHostFiles } from '../../../../src-main/sim/placeHostFiles.ts'
import { createWorld, type World } from '../../../../src-main/sim/world.ts'

const start = (): World =>
  placeHostFiles(addReadyImage(createWorld(), 'busybox:latest'), '/srv/driftwood', {
    'compose.yaml': 'services:\n  web:\n    image: busybox\n    command: sleep 1d\n',
    'site/index.html': 'hello\n',
    'big.bin': { size: 100_000, fill: 'x' },
    'odd.bin': 'a\0b',
  })

const typed = (world: World, line: string) => {
  const outcome = apply(world, line)
  expect(outcome.exit, outcome.stderr).toBe(0)
  return outcome
}

describe('the files of the project', () => {
  test('are listed with their size, and which of them the editor can open', () => {
    expect(hostFolder(start())).toEqual([
      { path: 'big.bin', bytes: 100_000, editable: false },
      { path: 'compose.yaml', bytes: 58, editable: true },
      { path: 'odd.bin', bytes: 3, editable: false },
      { path: 'site/index.html', bytes: 6, editable: true },
    ])
  })

  test('are read, or the editor says why not', () => {
    expect(hostFileText(start(), 'site/index.html')).toMatchObject({ ok: true, text: 'hello\n' })
    expect(hostFileText(start(), 'none')).toMatchObject({
      error: 'none: No such file or directory',
    })
    expect(hostFileText(start(), 'site')).toMatchObject({ error: 'site: Is a directory' })
    expect(hostFileText(start(), 'big.bin')).toMatchObject({ error: 'big.bin: File too large' })
    expect(hostFileText(start(), 'odd.bin')).toMatchObject({ error: 'odd.bin: Not a text file' })
  })
})

describe('saving a file', () => {
  test('is seen by the prompt and by what is built or run from it', () => {
    const text = 'services:\n  db:\n    image: busybox\n    command: sleep 1d\n'
    const saved = saveHostFile(start(), 'compose.yaml', text)
    expect(saved).toMatchObject({ exit: 0, stderr: '' })
    expect(saved.steps.length).toBeGreaterThan(0)
    expect(typed(saved.world, 'cat compose.yaml').stdout).toBe(text)
    const up = typed(saved.world, 'docker compose up -d')
    expect(typed(up.world, 'docker compose ps --services').stdout).toBe('db\n')
  })

  test('keeps the inode: a container with the file bind-mounted reads the new text', () => {
    const run = typed(
      start(),
      'docker run -d --name web -v ./site/index.html:/page busybox sleep 1d',
    )
    const saved = saveHostFile(run.world, 'site/index.html', 'new\n')
    expect(typed(saved.world, 'docker exec web cat /page').stdout).toBe('new\n')
  })

  test('makes a new file, but no directory for it', () => {
    const saved = saveHostFile(start(), 'Dockerfile', 'FROM busybox\n')
    expect(typed(saved.world, 'cat Dockerfile').stdout).toBe('FROM busybox\n')
    expect(saveHostFile(start(), 'no/Dockerfile', 'x')).toMatchObject({
      exit: 1,
      stderr: 'nano: no/Dockerfile: No such file or directory\n',
    })
  })

  test('of a directory, too much text, or what the engine owns is refused and changes nothing', () => {
    const world = start()
    for (const [path, text, why] of [
      ['site', 'x', 'Is a directory'],
      ['big', 'x'.repeat(20_000), 'File too large'],
      ['/var/lib/docker/x', 'x', 'Permission denied'],
    ] as const) {
      const outcome = saveHostFile(world, path, text)
      expect(outcome).toMatchObject({ exit: 1, stderr: `nano: ${path}: ${why}\n`, steps: [] })
      expect(typed(outcome.world, 'ls').stdout).toBe(typed(world, 'ls').stdout)
    }
  })
})

describe('the prompt of the host', () => {
  const lines = (text: string): string => {
    let world = start()
    let said = ''
    for (const line of text.trim().split('\n')) {
      const outcome = apply(world, line.trim())
      world = outcome.world
      said += outcome.stdout + outcome.stderr
    }
    return said
  }

  test('works on the project with the usual tools, and remembers where it stands', () => {
    expect(
      lines(`mkdir -p a/b && echo one > a/b/f
        cd a/b
        pwd
        cp f g; mv g h; sed -i s/one/two/ h; cat f h
        rm f; ls
        cd ../..
        pwd`),
    ).toBe('/srv/driftwood/a/b\none\ntwo\nh\n/srv/driftwood\n')
  })

  test('an editor is not simulated, and says what to do instead', () => {
    expect(lines('nano compose.yaml')).toMatch(/^not simulated in Driftwood: nano\. Open compose/)
  })

  test('sudo changes nothing for root; unknown words are told as bash tells them', () => {
    expect(lines('sudo cat site/index.html')).toBe('hello\n')
    expect(lines('tree')).toBe('bash: tree: command not found\n')
    expect(lines('echo x > no/f')).toBe('bash: no/f: No such file or directory\n')
  })

  test('finds a volume where the engine keeps it', () => {
    expect(
      lines(`docker volume create data
        echo x > /var/lib/docker/volumes/data/_data/f
        docker run --rm -v data:/d busybox cat /d/f
        docker volume rm data
        ls /var/lib/docker/volumes`),
    ).toBe('data\nx\ndata\n')
  })
})
