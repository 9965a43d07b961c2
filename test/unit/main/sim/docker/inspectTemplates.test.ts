import { expect, test } from 'vitest'
import { DockerHost } from '../../../../support/dockerHost.ts'

const host = () => {
  const it = new DockerHost()
  it.run('docker create --name cc -p 8080:80 busybox true')
  return it
}

test.each([
  ['{{json .State.Health}} {{.State.Health}} {{.SizeRw}}', 'null <nil> <nil>'],
  ['{{.Config.Volumes}} {{.Config.Entrypoint}} {{.HostConfig.Binds}}', 'map[] [] []'],
  ['{{json .Config.Volumes}} {{json .HostConfig.Binds}}', 'null null'],
  ['{{len .Config.Volumes}}{{range .Config.Volumes}}x{{end}}', '0'],
  ['{{if .State.Health}}yes{{else}}no{{end}}', 'no'],
  ['{{json .Config.ExposedPorts}}', '{"80/tcp":{}}'],
])('%s of a new container', (template, printed) => {
  expect(host().run(`docker inspect -f '${template}' cc`)).toBe(`${printed}\n`)
})

test('what is nil is left out of the JSON where the engine leaves it out', () => {
  const state = JSON.parse(host().run("docker inspect -f '{{json .State}}' cc"))
  expect(Object.keys(state)).not.toContain('Health')
})

test.each([
  ['{{.Nope}}', ':1:2: executing "" at <.Nope>: map has no entry for key "Nope"'],
  [
    'x {{ .Config.Nope }}',
    ':1:12: executing "" at <.Config.Nope>: map has no entry for key "Nope"',
  ],
  [
    '{{json .Config.Nope}}',
    ':1:14: executing "" at <.Config.Nope>: map has no entry for key "Nope"',
  ],
  [
    '{{if .Config.Nope}}{{end}}',
    ':1:12: executing "" at <.Config.Nope>: map has no entry for key "Nope"',
  ],
  [
    '{{.State.Health.Status}}',
    ':1:8: executing "" at <.State.Health.Status>: map has no entry for key "Health"',
  ],
  [
    '{{index .Config.Cmd 1}}',
    ':1:2: executing "" at <index .Config.Cmd 1>: error calling index: reflect: slice index out of range',
  ],
  [
    '{{index .Config.Cmd 3}}',
    ':1:2: executing "" at <index .Config.Cmd 3>: error calling index: index out of range: 3',
  ],
])('%s tells its place, and the line ends all the same', (template, problem) => {
  const it = host()
  expect(it.refused(`docker inspect -f '${template}' cc`)).toBe(
    `template parsing error: template: ${problem}\n`,
  )
  expect(it.last?.stdout).toBe('\n')
})

test('a field that a list does not have', () => {
  expect(host().refused("docker ps -a --format '{{.Names}} {{.Nope}}'")).toContain(
    'failed to execute template: template: :1:13: executing "" at <.Nope>: ',
  )
})
