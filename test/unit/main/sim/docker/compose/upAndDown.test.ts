import { describe, expect, test } from 'vitest'
import { DockerHost } from '../../../../../support/dockerHost.ts'

const store = (volumes: string, more = '') => `services:
  db:
    image: store:1
    volumes: ${volumes}
${more}`

const host = (yaml: string) =>
  new DockerHost()
    .build('store:1', ['FROM busybox', 'RUN mkdir /data', 'VOLUME /data', 'CMD ["sleep","1d"]'])
    .files({ 'compose.yaml': yaml })

const write = (it: DockerHost) => it.run("docker compose exec db sh -c 'echo row > /data/rows'")
const hasRows = (it: DockerHost) => it.type('docker compose exec db cat /data/rows').exit === 0
const id = (it: DockerHost) => it.run('docker compose ps -q')

describe('a named volume', () => {
  const yaml = store('[rows:/data]', 'volumes: {rows: {}}')

  test('is kept by down, and lost by down -v', () => {
    const it = host(yaml)
    it.run('docker compose up -d')
    write(it)
    it.run('docker compose down')
    expect(it.volumes()).toEqual(['driftwood_rows'])
    it.run('docker compose up -d')
    expect(hasRows(it)).toBe(true)
    it.run('docker compose down -v')
    expect(it.volumes()).toEqual([])
    it.run('docker compose up -d')
    expect(hasRows(it)).toBe(false)
  })

  test('that is renamed in the file is lost from sight, not deleted, also by down -v', () => {
    const it = host(yaml)
    it.run('docker compose up -d')
    write(it)
    it.run('sed -i s/rows/other/ compose.yaml && docker compose up -d')
    expect(hasRows(it)).toBe(false)
    it.run('docker compose down -v')
    expect(it.volumes()).toEqual(['driftwood_rows'])
  })

  test('belongs to the project: another name is another volume', () => {
    const it = host(yaml)
    it.run('docker compose -p blue up -d')
    it.run('docker compose -p green up -d')
    it.run('docker compose -p blue down -v')
    expect(it.volumes()).toEqual(['green_rows'])
  })

  test('that is external must be there, and is never removed', () => {
    const it = host(store('[rows:/data]', 'volumes: {rows: {external: true}}'))
    expect(it.refused('docker compose up -d')).toContain('external volume "rows" not found')
    it.run('docker volume create rows')
    it.run('docker compose up -d')
    it.run('docker compose down -v')
    expect(it.volumes()).toEqual(['rows'])
  })

  test('that docker made before is used, with a warning', () => {
    const it = host(yaml)
    it.run('docker run --rm -v driftwood_rows:/data busybox sh -c "echo row > /data/rows"')
    expect(it.type('docker compose up -d').stderr).toContain(
      'already exists but was not created by Docker Compose',
    )
    expect(hasRows(it)).toBe(true)
  })

  test('in use elsewhere survives down -v, and is told', () => {
    const it = host(yaml)
    it.run('docker compose up -d')
    it.run('docker run -d --name other -v driftwood_rows:/x busybox sleep 1d')
    expect(it.type('docker compose down -v').stderr).toContain(
      ' Volume driftwood_rows  Resource is still in use\n',
    )
    expect(it.volumes()).toEqual(['<anonymous>', 'driftwood_rows'].slice(1))
  })
})

describe('an anonymous volume', () => {
  test.each(['[]', '[/data]'])('with volumes: %s is carried over when up recreates', (volumes) => {
    const it = host(store(volumes))
    it.run('docker compose up -d')
    write(it)
    const before = id(it)
    it.run('docker compose up -d --force-recreate')
    expect(id(it)).not.toBe(before)
    expect(hasRows(it)).toBe(true)
    expect(it.volumes()).toEqual(['<anonymous>'])
  })

  test('is not carried over by -V, nor by down and up: the old one is an orphan', () => {
    const it = host(store('[]'))
    it.run('docker compose up -d')
    write(it)
    it.run('docker compose up -d -V')
    expect(hasRows(it)).toBe(false)
    expect(it.volumes()).toHaveLength(2)
    write(it)
    it.run('docker compose down')
    it.run('docker compose up -d')
    expect(hasRows(it)).toBe(false)
    expect(it.volumes()).toHaveLength(3)
    it.run('docker compose down -v')
    expect(it.volumes()).toHaveLength(2)
  })

  test('once carried over counts as named: down -v leaves it', () => {
    const it = host(store('[]'))
    it.run('docker compose up -d')
    it.run('docker compose up -d --force-recreate')
    it.run('docker compose down -v')
    expect(it.volumes()).toEqual(['<anonymous>'])
  })
})

describe('what makes up recreate a container', () => {
  const yaml = store('[]').replace('image: store:1', 'image: store:1\n    environment: {A: 1}')
  const recreates = (line: string): boolean => {
    const it = host(yaml)
    it.run('docker compose up -d')
    const before = id(it)
    it.run(`${line} && docker compose up -d`)
    return id(it) !== before
  }

  test.each([
    ['nothing', 'true', false],
    ['a comment', 'echo "# note" >> compose.yaml', false],
    ['the same value, written otherwise', "sed -i 's/{A: 1}/[A=1]/' compose.yaml", false],
    ['restart', 'docker compose restart', false],
    ['stop', 'docker compose stop', false],
    ['another value', "sed -i 's/A: 1/A: 2/' compose.yaml", true],
    ['a new mount', 'sed -i \'s/volumes: ../volumes: [".\\/x:\\/x"]/\' compose.yaml', true],
    [
      'another image behind the tag',
      "printf 'FROM store:1\\nRUN true > /new\\n' > Dockerfile && docker build -q -t store:1 .",
      true,
    ],
  ])('%s: %s', (_, line, expected) => {
    expect(recreates(line)).toBe(expected)
  })

  test('restart applies no change of the file', () => {
    const it = host(yaml)
    it.run('docker compose up -d')
    it.run("sed -i 's/A: 1/A: 2/' compose.yaml && docker compose restart")
    expect(it.run("docker compose exec db sh -c 'echo $A'")).toBe('1\n')
  })

  test('the writable layer is lost with it', () => {
    const it = host(yaml)
    it.run('docker compose up -d')
    it.run("docker compose exec db sh -c 'echo x > /layer'")
    it.run('docker compose restart && docker compose stop && docker compose start')
    expect(it.run('docker compose exec db cat /layer')).toBe('x\n')
    it.run('docker compose up -d --force-recreate')
    it.refused('docker compose exec db cat /layer')
  })
})

describe('several services', () => {
  const two = `services:
  web:
    image: busybox
    command: sleep 1d
    depends_on: {db: {condition: service_healthy}}
  db:
    image: busybox
    command: sleep 1d
    healthcheck: {test: "test -e /ready", interval: 1s, retries: 2}
`

  test('start after what they depend on, and wait until it is healthy', () => {
    const it = new DockerHost().files({ 'compose.yaml': two.replace('-e /ready', '-e /bin') })
    const { stderr } = it.type('docker compose up -d')
    const lines = stderr.split('\n').filter((line) => /Starting|Healthy/.test(line))
    expect(lines).toEqual([
      ' Container driftwood-db-1  Starting',
      ' Container driftwood-db-1  Healthy',
      ' Container driftwood-web-1  Starting',
    ])
    expect(it.run("docker compose ps --format '{{.Service}} {{.Health}}'")).toBe(
      'db healthy\nweb \n',
    )
  })

  test('do not start when what they wait for is unhealthy', () => {
    const it = new DockerHost().files({ 'compose.yaml': two })
    expect(it.refused('docker compose up -d')).toContain(
      'dependency failed to start: container driftwood-db-1 is unhealthy',
    )
    expect(it.run('docker compose ps --services')).toBe('db\n')
  })

  test('that left the file are orphans: told, and removed on demand', () => {
    const it = new DockerHost().files({ 'compose.yaml': two.replace('-e /ready', '-e /bin') })
    it.run('docker compose up -d')
    it.run(
      "printf 'services:\\n  db:\\n    image: busybox\\n    command: sleep 1d\\n' > compose.yaml",
    )
    expect(it.type('docker compose up -d').stderr).toContain(
      'Found orphan containers ([driftwood-web-1])',
    )
    it.run('docker compose up -d --remove-orphans')
    expect(it.run("docker ps -a --format '{{.Names}}'")).toBe('driftwood-db-1\n')
  })

  test('can have several containers', () => {
    const it = new DockerHost().files({
      'compose.yaml': 'services:\n  web:\n    image: busybox\n    command: sleep 1d\n',
    })
    it.run('docker compose up -d --scale web=3')
    expect(it.run("docker compose ps --format '{{.Name}}'")).toBe(
      'driftwood-web-1\ndriftwood-web-2\ndriftwood-web-3\n',
    )
    it.run('docker compose up -d')
    expect(it.run("docker compose ps --format '{{.Name}}'")).toBe('driftwood-web-1\n')
  })
})

describe('a service that is built', () => {
  test('is built when its image is missing, and again with --build', () => {
    const it = new DockerHost().files({
      'compose.yaml': 'services:\n  web:\n    build: .\n    command: sleep 1d\n',
      Dockerfile: 'FROM busybox\nRUN echo one > /page\n',
    })
    it.run('docker compose up -d')
    expect(it.run('docker compose exec web cat /page')).toBe('one\n')
    it.run('sed -i s/one/two/ Dockerfile && docker compose up -d')
    expect(it.run('docker compose exec web cat /page')).toBe('one\n')
    it.run('docker compose up -d --build')
    expect(it.run('docker compose exec web cat /page')).toBe('two\n')
    expect(it.run("docker images --format '{{.Repository}}' driftwood-web")).toBe('driftwood-web\n')
  })
})

describe('the other commands', () => {
  const plain = 'services:\n  web:\n    image: busybox\n    command: sh -c "echo said; sleep 1d"\n'
  const up = () => {
    const it = new DockerHost().files({ 'compose.yaml': plain })
    it.run('docker compose up -d')
    return it
  }

  test('up without -d shows what is said from now on, and gives the prompt back', () => {
    const it = new DockerHost().files({
      'compose.yaml': 'services:\n  job:\n    image: busybox\n    command: echo once\n',
    })
    const shown = 'Attaching to job-1\njob-1  | once\njob-1 exited with code 0\n'
    expect(it.run('docker compose up')).toBe(shown)
    expect(it.run('docker compose up')).toBe(shown)
    expect(it.refused('docker compose up --wait')).toContain(
      'container driftwood-job-1 exited (0)\n',
    )
    const other = up()
    expect(other.type('docker compose up --wait').stderr).toContain(
      ' Container driftwood-web-1  Healthy\n',
    )
  })

  test('arguments with blanks are quoted in lists', () => {
    expect(up().run("docker compose ps --no-trunc --format '{{.Command}}'")).toBe(
      '"sh -c \'echo said; sleep 1d\'"\n',
    )
  })

  test('logs tell who said it', () => {
    const it = up()
    expect(it.run('docker compose logs')).toBe('web-1  | said\n')
    expect(it.run('docker compose logs --no-log-prefix web')).toBe('said\n')
  })

  test('exec needs a running container, run makes one of its own', () => {
    const it = up()
    it.run('docker compose stop')
    expect(it.refused('docker compose exec web ls')).toBe('service "web" is not running\n')
    expect(it.run('docker compose run --rm web echo once')).toBe('once\n')
    expect(it.refused('docker compose run --rm nosuch ls')).toBe('no such service: nosuch\n')
    expect(it.type('docker compose run --rm web sh -c "exit 7"').exit).toBe(7)
  })

  test('rm takes stopped containers only, unless they are stopped first', () => {
    const it = up()
    expect(it.type('docker compose rm -f').stderr).toBe('No stopped containers\n')
    expect(it.run('docker compose rm -fs')).toBe('Going to remove driftwood-web-1\n')
    expect(it.run('docker compose ps -aq')).toBe('')
    expect(it.refused('docker compose start')).toBe('service "web" has no container to start\n')
  })

  test('a named project is found without its file', () => {
    const it = up()
    it.run('cd /')
    expect(it.run('docker compose -p driftwood ps --services')).toBe('web\n')
    it.run('docker compose -p driftwood down')
    expect(it.run('docker ps -aq')).toBe('')
  })

  test('what is not simulated says so; what does not exist is unknown', () => {
    const it = up()
    expect(it.refused('docker compose watch')).toBe(
      'not simulated in Driftwood: docker compose watch\n',
    )
    expect(it.refused('docker compose frob')).toBe('unknown docker command: "compose frob"\n')
    expect(it.type('docker compose up --frob').stderr).toContain('unknown flag: --frob')
  })
})
