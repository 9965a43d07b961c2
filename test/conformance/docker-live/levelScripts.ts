import { join } from 'node:path'
import { loadLevels } from '../../../src-main/levels/loadLevels.ts'
import type { LevelData } from '../../../src-main/levels/schema.ts'
import type { HostFile } from '../../../src-main/sim/placeHostFiles.ts'
import type { LiveLine, LiveScript } from './liveScript.ts'

/** What is looked at after every line of a solution. */
const looks = (data: LevelData): readonly LiveLine[] => [
  {
    text: "docker ps -a --format '{{.Names}} {{.Image}} {{.Status}}' | sed -E 's/ (Up|Exited \\([0-9]+\\)).*/ \\1/' | grep -vE '^[a-z]+_[a-z]+ '",
  },
  { text: "docker volume ls --format '{{.Name}}' | sed -E 's/^[0-9a-f]{64}$/anonymous/' | sort" },
  { text: "docker images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | sort" },
  {
    text: `docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}};{{end}} {{.State.Status}}' ${data.focus}`,
  },
  ...(usesDatabase(data)
    ? []
    : [{ text: `docker diff ${data.focus}` }, { text: "docker ps -as --format '{{.Size}}'" }]),
]

const usesDatabase = ({ start }: LevelData): boolean =>
  start.images.some((tag) => /postgres/.test(tag))

const asLine = (text: string): LiveLine =>
  /\b(?:psql|pg_dump)\b/.test(text)
    ? { text, notOnEngine: 'it needs postgres, which is not on this engine' }
    : { text }

const hostFile = (file: LevelData['start']['files'][number]): HostFile =>
  'text' in file ? file.text : { size: file.bytes, fill: '\0' }

/** The first solution of every level in the directory, with a look at everything after each line. */
export const levelScripts = (): LiveScript[] => {
  const { levels, problems } = loadLevels(join(import.meta.dirname, '../../../levels'), 'en')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return levels.flatMap(({ data }) => {
    const { start } = data
    const typed = data.solutions[0]?.lines.filter((line) => !line.startsWith(':')) ?? []
    return {
      name: `level ${data.id}`,
      cwd: start.cwd,
      readyImages: start.images,
      builds: [],
      files: Object.fromEntries(start.files.map((file) => [file.path, hostFile(file)])),
      lines: [
        ...start.lines.map(asLine),
        ...looks(data),
        ...typed.flatMap((line) => [asLine(line), ...looks(data)]),
      ],
    }
  })
}
