import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const server = (major: number, options: string) =>
  `docker run -d --name db -e POSTGRES_HOST_AUTH_METHOD=trust ${options} postgres:${major}`
const insert = `docker exec db psql -U postgres -c "INSERT INTO bookmarks (url, title) VALUES ('a', 'b')"`
const count = 'docker exec db psql -U postgres -At -c "SELECT count(*) FROM bookmarks"'

const afterRedeploy = (major: number, options: string): string => {
  const it = new DockerHost([`postgres:${major}`])
  it.run(server(major, options))
  it.run(insert)
  it.run('docker rm -f db')
  it.run(server(major, options))
  return it.run(count)
}

test('16: a volume at /var/lib/postgresql/data keeps the rows', () => {
  expect(afterRedeploy(16, '-v pgdata:/var/lib/postgresql/data')).toBe('1\n')
})

test('16: a volume one level above is hidden by the anonymous one: the rows are lost', () => {
  expect(afterRedeploy(16, '-v pgdata:/var/lib/postgresql')).toBe('0\n')
})

test('16: a volume at a wrong path holds nothing', () => {
  expect(afterRedeploy(16, '-v pgdata:/var/lib/postgres/data')).toBe('0\n')
})

test('18: a volume at /var/lib/postgresql keeps the rows, below a directory of the version', () => {
  expect(afterRedeploy(18, '-v pgdata:/var/lib/postgresql')).toBe('1\n')
  const it = new DockerHost(['postgres:18'])
  it.run(server(18, '-v pgdata:/var/lib/postgresql'))
  expect(it.run('docker exec db cat /var/lib/postgresql/18/docker/PG_VERSION')).toBe('18\n')
})

test('18: a volume at the old path is refused with the reason', () => {
  const it = new DockerHost(['postgres:18'])
  it.run(server(18, '-v pgdata:/var/lib/postgresql/data'))
  const said = it.type('docker logs db').stderr
  expect(said).toContain('Error: in 18+')
  expect(said).toContain('/var/lib/postgresql/data (unused mount/volume)')
  expect(it.run("docker inspect -f '{{.State.ExitCode}}' db")).toBe('1\n')
})

test('another major version refuses the directory, and leaves it as it is', () => {
  const it = new DockerHost(['postgres:16', 'postgres:17', 'busybox:latest'])
  it.run(server(16, '-v pgdata:/var/lib/postgresql/data'))
  it.run(insert)
  it.run('docker rm -f db')
  it.run(server(17, '-v pgdata:/var/lib/postgresql/data'))
  const said = it.type('docker logs db').stderr
  expect(said).toContain('FATAL:  database files are incompatible with server')
  expect(said).toContain('was initialized by PostgreSQL version 16, which is not compatible')
  it.run('docker rm -f db')
  it.run(server(16, '-v pgdata:/var/lib/postgresql/data'))
  expect(it.run(count)).toBe('1\n')
})

test('the files grow with the rows: heap pages and the write-ahead log', () => {
  const it = new DockerHost(['postgres:16'])
  it.run(server(16, ''))
  const heap = () =>
    Number(it.run("docker exec db sh -c 'cat /var/lib/postgresql/data/base/*/* | wc -c'"))
  const before = heap()
  it.run(
    `docker exec db psql -U postgres -c "INSERT INTO bookmarks (url, title) SELECT 'https://example.org/' || n, 'title' FROM generate_series(1, 2000) AS n"`,
  )
  expect(heap()).toBeGreaterThan(before + 100_000)
  expect(it.run(count)).toBe('2000\n')
})

test('the same seed gives the same bytes, whoever plays', () => {
  const sum = () => {
    const it = new DockerHost(['postgres:16'], { seed: 5 })
    it.run(server(16, ''))
    it.run(insert)
    return it.run(
      "docker exec db sh -c 'cd /var/lib/postgresql/data; find . -type f -size -200k | sort | xargs md5sum'",
    )
  }
  expect(sum()).toBe(sum())
})
