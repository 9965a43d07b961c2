// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose files write variables like this
import { expect, test } from 'vitest'
import { DockerHost } from '../../../../../support/dockerHost.ts'

const host = (yaml: string, files: Readonly<Record<string, string>> = {}) =>
  new DockerHost().files({ 'compose.yaml': yaml, ...files })

const web = (more: string) =>
  `services:\n  web:\n    image: busybox\n    command: sleep 1d\n${more}`

test('config prints names, paths and defaults written out', () => {
  const it = host(`name: shop
x-shared: &shared
  restart: always
services:
  web:
    <<: *shared
    build: ./app
    command: echo "a b" c
    depends_on: [db]
    environment: [A=1, B]
    ports: ["8080:80", 443]
    volumes: [./site:/www:ro, data:/data, /cache]
  db:
    image: busybox:\${TAG:-latest}
    environment: {N: 1, YES: true, NONE: null}
    stop_grace_period: 1m30s
    volumes:
      - {type: volume, source: data, target: /d, volume: {nocopy: true}}
      - {type: tmpfs, target: /t, tmpfs: {size: 1m}}
volumes: {data: {}, unused: {}}
`)
  expect(it.run('docker compose config')).toBe(`name: shop
services:
  db:
    environment:
      N: "1"
      NONE: null
      YES: "true"
    image: busybox:latest
    networks:
      default: null
    stop_grace_period: 1m30s
    volumes:
      - type: volume
        source: data
        target: /d
        volume:
          nocopy: true
      - type: tmpfs
        target: /t
        tmpfs:
          size: "1048576"
  web:
    build:
      context: /srv/driftwood/app
      dockerfile: Dockerfile
    command:
      - echo
      - a b
      - c
    depends_on:
      db:
        condition: service_started
        required: true
    environment:
      A: "1"
      B: null
    networks:
      default: null
    ports:
      - mode: ingress
        target: 80
        published: "8080"
        protocol: tcp
      - mode: ingress
        target: 443
        protocol: tcp
    restart: always
    volumes:
      - type: bind
        source: /srv/driftwood/site
        target: /www
        read_only: true
        bind:
          create_host_path: true
      - type: volume
        source: data
        target: /data
        volume: {}
      - type: volume
        target: /cache
        volume: {}
networks:
  default:
    name: shop_default
volumes:
  data:
    name: shop_data
`)
  expect(it.run('docker compose config --services')).toBe('db\nweb\n')
  expect(it.run('docker compose config -q')).toBe('')
  expect(JSON.parse(it.run('docker compose config --format json')).name).toBe('shop')
})

test.each([
  ['services:\n  web: {imagee: x}', "services.web additional properties 'imagee' not allowed"],
  ['servicess: {}', "(root) additional properties 'servicess' not allowed"],
  ['services:\n  web: {image: x, volumes: {a: b}}', 'services.web.volumes must be a array'],
  ['services:\n  web: text', 'services.web must be a mapping'],
  ['services:\n  web: {image: [a]}', 'services.web.image must be a string'],
  ['services:\n  web: {command: ls}', 'service "web" has neither an image nor a build context'],
  ['services:\n  web: {image: x, volumes: ["d:/d"]}', 'refers to undefined volume d: invalid'],
  ['services:\n  web: {image: x, networks: [n]}', 'refers to undefined network n: invalid'],
  ['services:\n  web: {image: x, depends_on: [db]}', 'depends on undefined service "db"'],
  [
    'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [a]}',
    'dependency cycle detected: a -> b -> a',
  ],
  ['services:\n  web: {image: "${X:?set it}"}', 'required variable X is missing a value: set it'],
  ['services:\n  web: {image: "${X"}', 'invalid interpolation format for services.web.image'],
  ['services:\n  web: {image: x, volumes: ["a:b:c:d"]}', 'invalid spec: a:b:c:d: too many colons'],
  ['services:\n  web: {image: x, deploy: {}}', 'not simulated in Driftwood: services.web.deploy'],
  ['services:\n  web: {image: x, ports: [abc]}', 'invalid containerPort: abc'],
  ['services:\n  - web', 'services must be a mapping'],
  ['- a', 'top-level object must be a mapping'],
  ['', 'empty compose file'],
  [
    'services:\n  web:\n   image: a\n  image: [',
    'failed to parse /srv/driftwood/compose.yaml: yaml: line',
  ],
  ['a: *b', 'failed to parse /srv/driftwood/compose.yaml: yaml:'],
])('%j is refused with the word at fault, and nothing is made', (yaml, message) => {
  const it = host(yaml)
  expect(it.refused('docker compose up -d')).toContain(message)
  expect(it.run('docker ps -aq')).toBe('')
  expect(it.run('docker network ls -q | wc -l').trim()).toBe('3')
})

test('without a file the answer is that there is none; a given one must be there', () => {
  const it = new DockerHost()
  expect(it.refused('docker compose up -d')).toBe('no configuration file provided: not found\n')
  expect(it.refused('docker compose -f other.yaml up')).toBe(
    'open /srv/driftwood/other.yaml: no such file or directory\n',
  )
})

test('the file is found from a folder below; the project is named after its own folder', () => {
  const it = host(web(''), { 'a/b/.keep': '' })
  it.run('cd a/b')
  it.run('docker compose up -d')
  expect(it.run("docker ps --format '{{.Names}}'")).toBe('driftwood-web-1\n')
})

test('the name of the project: -p, then the variable, then name:, then the folder', () => {
  const it = host(`name: shop\n${web('')}`)
  it.run('docker compose -p red up -d')
  it.run('COMPOSE_PROJECT_NAME=green docker compose up -d')
  it.run('docker compose up -d')
  expect(it.run('docker compose ls -q')).toBe('green\nred\nshop\n')
  expect(it.refused('docker compose -p Red up -d')).toContain('invalid project name "Red"')
})

test('.env and the environment fill in variables; what is unset is told', () => {
  const it = host(web('    environment: {A: "$A", B: "${B}", C: $C}\n'), { '.env': 'A=1\nB="2"\n' })
  it.run('export B=3')
  const { stdout, stderr } = it.type('docker compose config')
  expect(stdout).toContain('A: "1"\n      B: "3"\n      C: ""\n')
  expect(stderr).toContain('level=warning msg="The \\"C\\" variable is not set.')
})

test('an env_file gives variables, the environment of the service wins', () => {
  const it = host(web('    env_file: app.env\n    environment: [B=own]\n'), {
    'app.env': '# comment\nA=file\nB=file\n',
  })
  it.run('docker compose up -d')
  expect(it.run("docker compose exec web sh -c 'echo $A $B'")).toBe('file own\n')
  it.run('rm app.env')
  expect(it.refused('docker compose up -d')).toContain('env file /srv/driftwood/app.env not found')
})

test('a profile switches services on', () => {
  const it = host(
    `${web('')}  tool:\n    image: busybox\n    command: sleep 1d\n    profiles: [extra]\n`,
  )
  it.run('docker compose up -d')
  expect(it.run('docker compose ps --services')).toBe('web\n')
  it.run('docker compose --profile extra up -d')
  expect(it.run('docker compose ps --services')).toBe('tool\nweb\n')
})

test('version: is told to be of no use', () => {
  const it = host(`version: "3"\n${web('')}`)
  expect(it.type('docker compose config -q').stderr).toContain('attribute `version` is obsolete')
})
