import { describe, expect, test } from 'vitest'
import { addReadyImage } from '../../../../../src-main/sim/images.ts'
import { createWorld } from '../../../../../src-main/sim/world.ts'
import { typeLines } from '../../../../support/typeLines.ts'

/** The answers here were heard from the client of 28; the daemon's are those of its sources. */
const typed = typeLines(addReadyImage(createWorld(), 'busybox:latest'))

const help = (command: string): string =>
  `\n\nRun 'docker ${command} --help' for more information\n`

describe('options that cannot be', () => {
  test.each([
    ['--restart always --rm', 'conflicting options: cannot specify both --restart and --rm'],
    ['--restart sometimes --rm', 'conflicting options: cannot specify both --restart and --rm'],
    [
      '--restart on-failure:x',
      'invalid restart policy format: maximum retry count must be an integer',
    ],
    ['--restart :3', 'invalid restart policy format: no policy provided before colon'],
    ['--pull foo', `invalid pull option: 'foo': must be one of "always", "missing" or "never"`],
    [
      '--pull foo --restart :3',
      `invalid pull option: 'foo': must be one of "always", "missing" or "never"`,
    ],
  ])('%s is told by the client, whatever the image', (options, error) => {
    for (const command of ['run', 'create']) {
      for (const image of ['busybox', 'nope', 'UPPER']) {
        const { stderr, exit } = typed(`docker ${command} ${options} ${image} true`)
        expect(stderr).toBe(`docker: ${error}${help(command)}`)
        expect(exit).toBe(125)
      }
    }
  })

  test.each([
    [
      '--restart sometimes',
      "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ],
    [
      '--restart always:3',
      "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    ],
    ['--restart on-failure:-1', 'invalid restart policy: maximum retry count cannot be negative'],
    [
      '--mount type=bind,src=/srv,dst=/h,bind-propagation=foo',
      'invalid mount config for type "bind": invalid propagation mode: foo',
    ],
  ])('%s is told by the daemon, before it looks for the image', (options, error) => {
    for (const image of ['busybox', 'nope']) {
      expect(typed(`docker run ${options} ${image} true`).stderr).toBe(
        `docker: Error response from daemon: ${error}${help('run')}`,
      )
      expect(typed(`docker create ${options} ${image} true`).stderr).toBe(
        `Error response from daemon: ${error}\n`,
      )
    }
  })

  test('nothing is left of a container that cannot be', () => {
    expect(typed('docker run --restart sometimes busybox true', 'docker ps -aq').stdout).toBe('')
  })

  test.each(['--restart no --rm', '--restart "" --rm', '--restart always --restart no --rm'])(
    '%s is no conflict',
    (options) => {
      expect(typed(`docker run ${options} busybox echo ok`).stdout).toBe('ok\n')
    },
  )

  test('a propagation may be written in capital letters', () => {
    const mount = '--mount type=bind,src=/srv,dst=/h,bind-propagation=PRIVATE'
    expect(typed(`docker run ${mount} busybox echo ok`).stdout).toBe('ok\n')
  })

  test('the count of retries is kept', () => {
    expect(
      typed(
        'docker create --name c1 --restart on-failure:3 busybox',
        "docker inspect -f '{{json .HostConfig.RestartPolicy}}' c1",
      ).stdout,
    ).toBe('{"Name":"on-failure","MaximumRetryCount":3}\n')
  })
})

describe('--pull', () => {
  test('never does not ask a registry', () => {
    expect(typed('docker run --pull never nope true').stderr).toBe(
      `docker: Error response from daemon: No such image: nope:latest${help('run')}`,
    )
    expect(typed('docker create --pull never nope true').stderr).toBe(
      'Error response from daemon: No such image: nope:latest\n',
    )
    expect(typed('docker run --pull never busybox echo ok').stdout).toBe('ok\n')
  })

  test('always asks it even for an image that is here', () => {
    const { stderr, exit } = typed('docker run --pull always busybox true')
    expect(stderr).toMatch(/^docker: Error response from daemon: Get "https:\/\/registry-1/)
    expect(exit).toBe(125)
  })
})

describe('names in capital letters', () => {
  const lower = 'invalid reference format: repository name (library/Bb) must be lowercase'

  test.each([
    ['docker run Bb true', `docker: ${lower}${help('run')}`],
    ['docker create Bb true', `${lower}\n`],
    ['docker rmi Bb', `Error response from daemon: ${lower}\n`],
    ['docker history Bb', `Error response from daemon: ${lower}\n`],
    ['docker tag Bb x', `Error parsing reference: "Bb" is not a valid repository/tag: ${lower}\n`],
    [
      'docker tag busybox Bb',
      `Error parsing reference: "Bb" is not a valid repository/tag: ${lower}\n`,
    ],
  ])('%s', (line, error) => {
    expect(typed(line).stderr).toBe(error)
  })

  test('of a name with its registry the path alone is shown', () => {
    expect(typed('docker create a.b/Cc true').stderr).toBe(
      'invalid reference format: repository name (Cc) must be lowercase\n',
    )
    expect(typed('docker create lib/Bb true').stderr).toContain('(lib/Bb)')
  })
})

test.each([
  [
    'docker --foo',
    "unknown flag: --foo\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
  ],
  [
    'docker -x',
    "unknown shorthand flag: 'x' in -x\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
  ],
  [
    'docker container foo',
    "docker: unknown command: docker container foo\n\nUsage:  docker container\n\nRun 'docker container --help' for more information\n",
  ],
  [
    'docker container --foo',
    "unknown flag: --foo\n\nUsage:  docker container\n\nRun 'docker container --help' for more information\n",
  ],
  [
    'docker volume foo',
    "docker: unknown command: docker volume foo\n\nUsage:  docker volume COMMAND\n\nRun 'docker volume --help' for more information\n",
  ],
  [
    'docker container ps -x',
    "unknown shorthand flag: 'x' in -x\n\nUsage:  docker container ls [OPTIONS]\n\nRun 'docker container ls --help' for more information\n",
  ],
])("%s: the usage line is the client's", (line, text) => {
  expect(typed(line).stderr).toBe(text)
})

test('a listed row is JSON with HTML escaping, a field of it is not', () => {
  expect(typed('docker images --format json').stdout).toContain(
    String.raw`"Digest":"\u003cnone\u003e"`,
  )
  expect(typed("docker images --format '{{json .}}'").stdout).toContain(
    String.raw`\u003cnone\u003e`,
  )
  expect(typed("docker images --format '{{json .Digest}}'").stdout).toBe('"<none>"\n')
  const volume = "docker volume create --label 'x=<&>' v1"
  expect(typed(volume, 'docker volume ls --format json').stdout).toContain(
    String.raw`"Labels":"x=\u003c\u0026\u003e"`,
  )
  expect(typed(volume, "docker volume inspect -f '{{json .Labels}}' v1").stdout).toBe(
    '{"x":"<&>"}\n',
  )
})
