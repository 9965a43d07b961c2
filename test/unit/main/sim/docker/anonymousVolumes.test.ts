import { describe, expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const data = '/var/lib/postgresql/data'
const server = 'docker run -d --name db -e POSTGRES_HOST_AUTH_METHOD=trust postgres:16'
const insert = `docker exec db psql -U postgres -c "INSERT INTO bookmarks (url, title) VALUES ('a', 'b')"`
const count = 'docker exec db psql -U postgres -At -c "SELECT count(*) FROM bookmarks"'

describe('VOLUME of the official postgres image', () => {
  test('gives each container an anonymous volume, which diff does not show', () => {
    const it = new DockerHost(['postgres:16'])
    it.run(server)
    expect(it.events('mounted')).toMatchObject([{ kind: 'anonymous-volume', path: data }])
    expect(it.volumes()).toEqual(['<anonymous>'])
    expect(it.run('docker diff db')).not.toContain(data)
  })

  test('rm orphans it: the next server begins with an empty database, the old one is still there', () => {
    const it = new DockerHost(['postgres:16', 'busybox:latest'])
    it.run(server)
    it.run(insert)
    expect(it.run(count)).toBe('1\n')
    const volume = it.run('docker volume ls -q').trim()
    it.run('docker rm -f db')
    expect(it.events('volume-orphaned')).toMatchObject([{ volume }])
    it.run(server)
    expect(it.run(count)).toBe('0\n')
    expect(it.volumes()).toHaveLength(2)
    it.run('docker rm -f db')
    it.run(`${server.replace('postgres:16', '')} -v ${volume}:${data} postgres:16`)
    expect(it.run(count)).toBe('1\n')
  })

  test('restart keeps it', () => {
    const it = new DockerHost(['postgres:16'])
    it.run(server)
    it.run(insert)
    it.run('docker restart db')
    expect(it.run(count)).toBe('1\n')
  })

  test('a named volume at the same path takes its place', () => {
    const it = new DockerHost(['postgres:16'])
    it.run(`${server.replace('postgres:16', '')} -v pgdata:${data} postgres:16`)
    it.run(insert)
    it.run('docker rm -fv db')
    expect(it.volumes()).toEqual(['pgdata'])
    it.run(`${server.replace('postgres:16', '')} -v pgdata:${data} postgres:16`)
    expect(it.run(count)).toBe('1\n')
  })
})

describe('who deletes an anonymous volume', () => {
  const made = () => {
    const it = new DockerHost()
    it.run('docker run -d --name c1 -v /anon -v named:/n busybox sleep 1d')
    return it
  }

  test('rm leaves it, rm -v takes it, neither touches the named one', () => {
    const it = made()
    it.run('docker rm -f c1')
    expect(it.volumes()).toEqual(['<anonymous>', 'named'])
    const other = made()
    other.run('docker rm -fv c1')
    expect(other.volumes()).toEqual(['named'])
  })

  test('--rm takes it at the end', () => {
    const it = new DockerHost()
    it.run('docker run --rm -v /anon -v named:/n busybox true')
    expect(it.volumes()).toEqual(['named'])
  })

  test('volume prune takes those without a container, running or not; -a takes named ones too', () => {
    const it = made()
    it.run('docker stop -t 0 c1')
    it.run('docker volume create spare')
    it.run('docker volume prune -f')
    expect(it.volumes()).toEqual(['<anonymous>', 'named', 'spare'])
    it.run('docker volume prune -af')
    expect(it.volumes()).toEqual(['<anonymous>', 'named'])
    it.run('docker rm c1')
    it.run('docker volume prune -f')
    expect(it.volumes()).toEqual(['named'])
  })

  test('--volumes-from shares it: it goes with its last user', () => {
    const it = made()
    it.run("docker exec c1 sh -c 'echo x > /anon/f'")
    it.run('docker run -d --name c2 --volumes-from c1 busybox sleep 1d')
    it.run('docker rm -fv c1')
    expect(it.run('docker exec c2 cat /anon/f')).toBe('x\n')
    it.run('docker rm -fv c2')
    expect(it.volumes()).toEqual(['named'])
  })

  test('a volume given by its id counts as named', () => {
    const it = made()
    it.run('docker rm -f c1')
    const id = it.run('docker volume ls -q | grep -v named').trim()
    it.run(`docker run -d --name c2 -v ${id}:/x busybox sleep 1d`)
    it.run('docker rm -fv c2')
    expect(it.volumes()).toEqual(['<anonymous>', 'named'])
  })
})
