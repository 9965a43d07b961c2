import { join } from 'node:path'
import { loadLevels } from '../../../src-main/levels/loadLevels.ts'
import type { LevelData } from '../../../src-main/levels/schema.ts'
import type { HostFile } from '../../../src-main/sim/placeHostFiles.ts'
import type { LiveLine, LiveScript } from './liveScript.ts'

/** What is looked at after every line of a solution. */
const looks = (data: LevelData): readonly LiveLine[] => [
  {
    text: "docker ps -a --format '{{.Names}} {{.Image}} {{.Status}}' | sed -E 's/ (Up|Exited \\([0-9]+\\)).*/ \\1/' | grep -vE '^[a-z]+_[a-z]+ ' | sort",
  },
  { text: "docker volume ls --format '{{.Name}}' | sed -E 's/^[0-9a-f]{64}$/anonymous/' | sort" },
  { text: "docker images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | sort" },
  {
    text: `docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}};{{end}}{{.State.Status}}' ${data.focus} | tr ';' '\\n' | sort`,
  },
  ...(usesDatabase(data)
    ? []
    : [{ text: `docker diff ${data.focus}` }, { text: "docker ps -as --format '{{.Size}}'" }]),
]

const usesDatabase = ({ start }: LevelData): boolean =>
  start.images.some((tag) => /postgres/.test(tag))

const asLine = (text: string): LiveLine => {
  if (/\b(?:psql|pg_dump)\b/.test(text)) {
    return { text, notOnEngine: 'it needs postgres, which is not on this engine' }
  }
  // BuildKit, as in 28.5: the engine here has no bridge, and the old builder no COPY --chmod.
  const onEngine = text.replace(/docker build /g, 'DOCKER_BUILDKIT=1 docker build --network none ')
  return onEngine === text ? { text } : { text, onEngine }
}

const hostFile = (file: LevelData['start']['files'][number]): HostFile =>
  'text' in file ? file.text : { size: file.bytes, fill: '\0' }

/** A level may build and copy gigabytes, on a machine that does other things as well. */
const buildSeconds = 600

/** Every reference solution of every level in the directory, with a look at everything after each line. */
export const levelScripts = (): LiveScript[] => {
  const { levels, problems } = loadLevels(join(import.meta.dirname, '../../../levels'), 'en')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return levels.flatMap(({ data }) => {
    const { start } = data
    return data.solutions.map(({ lines }, i) => {
      const typed = lines.filter((line) => !line.startsWith(':'))
      return {
        name: `level ${data.id}${i === 0 ? '' : ` ${i + 1}`}`,
        cwd: start.cwd,
        readyImages: start.images,
        builds: [],
        lineSeconds: buildSeconds,
        files: Object.fromEntries(start.files.map((file) => [file.path, hostFile(file)])),
        lines: [
          ...start.lines.map(asLine),
          ...looks(data),
          ...typed.flatMap((line) => [asLine(line), ...looks(data)]),
        ],
      }
    })
  })
}
