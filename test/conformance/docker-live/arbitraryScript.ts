import fc from 'fast-check'
import type { LiveScript } from './liveScript.ts'

const container = fc.constantFrom('c1', 'c1', 'c2', 'c3')
const volume = fc.constantFrom('v1', 'v2')
const image = fc.constantFrom('app:1', 'app:1', 'busybox', 'vol:1', 'kept:1')
const path = fc.constantFrom(
  '/app/conf',
  '/app/logs/boot.log',
  '/app/big',
  '/app',
  '/app/logs',
  '/data/seed',
  '/data/new',
  '/data',
  '/new',
  '/etc/passwd',
  '/tmp/x',
  '/link',
)
const mount = fc.oneof(
  fc
    .tuple(volume, fc.constantFrom('/data', '/app', '/app/logs', '/m', '/data:ro', '/data:nocopy'))
    .map(([v, at]) => `-v ${v}:${at}`),
  fc.constantFrom('/data', '/app/logs', '/anon').map((at) => `-v ${at}`),
  fc
    .constantFrom('/data', '/app', '/app/conf')
    .map((at) => `-v $PWD/host${at === '/app/conf' ? '/file' : ''}:${at}`),
  fc.constantFrom('/data', '/app', '/t').map((at) => `--tmpfs ${at}`),
  fc
    .tuple(
      volume,
      fc.constantFrom('/data', '/app/logs'),
      fc.constantFrom('', ',readonly', ',volume-nocopy'),
    )
    .map(([v, at, more]) => `--mount type=volume,src=${v},dst=${at}${more}`),
  fc.constant('--read-only'),
  fc.constantFrom('c1', 'c2').map((from) => `--volumes-from ${from}`),
)
const mounts = fc
  .uniqueArray(mount, {
    maxLength: 2,
    selector: (one) =>
      one
        .replace(/:(ro|nocopy)$/, '')
        .split(/[:=]/)
        .at(-1),
  })
  .map((all) => all.map((one) => `${one} `).join(''))

const change = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'echo x >',
        'echo more >>',
        'cat',
        'rm -f',
        'touch',
        'chmod 600',
        'chown 5:5',
        'rm -rf',
        'mkdir -p',
        'ls -A',
      ),
      path,
    )
    .map(([verb, at]) => `${verb} ${at}`),
  fc.tuple(path, path).map(([from, to]) => `mv ${from} ${to}`),
  fc.tuple(path, path).map(([from, to]) => `cp -r ${from} ${to}`),
  fc.tuple(path, path).map(([from, to]) => `ln ${from} ${to}`),
  fc.tuple(path, path).map(([from, to]) => `ln -s ${from} ${to}`),
  fc.constantFrom(
    'sed -i s/1/2/ /app/conf',
    'truncate -s 5000 /app/big',
    'rm -rf /app/logs && mkdir /app/logs',
    'dd if=/dev/zero of=/new bs=1000 count=3 2>/dev/null',
    'exit 3',
  ),
)
const changes = fc.array(change, { minLength: 1, maxLength: 3 }).map((all) => all.join('; '))

const look = fc.oneof(
  container.map((name) => `docker diff ${name}`),
  fc.constantFrom(
    "docker ps -a --format '{{.Names}} {{.Image}} {{.State}}'",
    "docker ps -as --format '{{.Names}} {{.Size}}'",
    "docker volume ls --format '{{.Driver}} {{.Name}}'",
    'docker volume ls -qf dangling=true',
    "docker images --format '{{.Repository}}:{{.Tag}} {{.Size}}'",
    'docker system df',
  ),
  container.map(
    (name) => `docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{json .Mounts}}' ${name}`,
  ),
  container.map(
    (name) =>
      `docker inspect -f '{{json .HostConfig.Binds}} {{.Config.Image}} {{json .Config.Cmd}} {{json .Config.Volumes}}' ${name}`,
  ),
  image.map(
    (tag) =>
      `docker image inspect -f '{{len .RootFS.Layers}} {{json .Config.Cmd}} {{json .RepoTags}} {{.Size}}' ${tag}`,
  ),
  image.map((tag) => `docker history --format '{{.Size}}' ${tag}`),
  volume.map((name) => `docker volume inspect -f '{{.Name}} {{.Mountpoint}} {{.Scope}}' ${name}`),
  container.map((name) => `docker logs ${name}`),
)

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(container, mounts, image)
      .map(([name, more, tag]) => `docker run -d --name ${name} ${more}${tag} sleep 1d`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(mounts, image, changes)
      .map(([more, tag, script]) => `docker run --rm ${more}${tag} sh -c '${script}'`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(container, mounts, image)
      .map(
        ([name, more, tag]) => `docker create --name ${name} ${more}${tag} sh -c 'echo started'`,
      ),
  },
  {
    weight: 9,
    arbitrary: fc
      .tuple(container, changes)
      .map(([name, script]) => `docker exec ${name} sh -c '${script}'`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('start', 'stop -t 0', 'restart -t 0', 'kill', 'pause', 'unpause'),
        container,
      )
      .map(([verb, name]) => `docker ${verb} ${name}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('rm', 'rm -f', 'rm -fv'), container)
      .map(([verb, name]) => `docker ${verb} ${name}`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(container, container).map(([from, to]) => `docker rename ${from} ${to}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(container, path).map(([name, at]) => `docker cp ${name}:${at} out`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('host/file', 'host', 'host/.', 'nope'), container, path)
      .map(([from, name, at]) => `docker cp ${from} ${name}:${at}`),
  },
  { weight: 2, arbitrary: container.map((name) => `docker commit -m kept ${name} kept:1`) },
  { weight: 1, arbitrary: fc.constant('docker build -q -t vol:1 built') },
  { weight: 1, arbitrary: image.map((tag) => `docker rmi ${tag}`) },
  { weight: 1, arbitrary: image.map((tag) => `docker tag ${tag} kept:1`) },
  { weight: 1, arbitrary: volume.map((name) => `docker volume create ${name}`) },
  { weight: 2, arbitrary: volume.map((name) => `docker volume rm ${name}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'docker volume prune -af',
      'docker container prune -f',
      'docker image prune -f',
      'docker volume prune -f',
    ),
  },
)

const ending = [
  "docker ps -as --format '{{.Names}} {{.Image}} {{.State}} {{.Size}}'",
  "docker volume ls --format '{{.Name}}'",
  'docker diff c1',
  "docker inspect -f '{{json .Mounts}}' c1",
  'docker run --rm -v v1:/v1 -v v2:/v2 busybox sh -c \'find /v1 /v2 -type f | sort | xargs -r stat -c "%n %s %a %u"\'',
]

/** Random lines over three containers, two volumes and a few images; the last lines look at it all. */
export const arbitraryScript: fc.Arbitrary<LiveScript> = fc
  .array(fc.oneof({ weight: 5, arbitrary: act }, { weight: 2, arbitrary: look }), {
    minLength: 3,
    maxLength: 12,
  })
  .map((lines) => scriptOf(['docker run -d --name c1 app:1', ...lines]))

/** The fixed world of the random scripts, with these lines. */
export const scriptOf = (lines: readonly string[], name = 'random'): LiveScript => ({
  name,
  cwd: '/srv/lab/random',
  readyImages: ['busybox:latest'],
  builds: [
    {
      tag: 'app:1',
      dockerfile: [
        'FROM busybox',
        'COPY app /app',
        'RUN mkdir /data && echo seed > /data/seed && chown 7:7 /data',
        'CMD ["sleep", "1d"]',
      ],
      context: {
        'app/conf': 'v=1\n',
        'app/logs/boot.log': 'boot\n',
        'app/big': { size: 200_000, fill: 'x' },
      },
    },
  ],
  files: {
    'host/file': 'of the host\n',
    'host/seed': 'host seed\n',
    'built/Dockerfile': 'FROM app:1\nRUN rm /app/big && echo two > /app/two\nVOLUME /data\n',
  },
  lines: [...lines, ...ending].map((text) => ({ text })),
})
