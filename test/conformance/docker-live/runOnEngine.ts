import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { TypedLine } from '../../../src-main/cli/transcript/transcript.ts'
import type { HostFile } from '../../../src-main/sim/placeHostFiles.ts'
import { imageArchive } from './imageArchive.ts'
import type { LiveEngine } from './LiveEngine.ts'
import type { LiveScript } from './liveScript.ts'

/** A line that takes longer than this is given up with exit code 124, as timeout(1) does. */
const usualLineSeconds = 60

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const placeFile = (path: string, file: HostFile, scriptMode: number): void => {
  mkdirSync(dirname(path), { recursive: true })
  if (typeof file === 'string')
    writeFileSync(path, file, { mode: file.startsWith('#!') ? scriptMode : 0o644 })
  else if (/^\0*$/.test(file.fill)) {
    const fd = openSync(path, 'w')
    ftruncateSync(fd, file.size)
    closeSync(fd)
  } else
    writeFileSync(
      path,
      file.fill.repeat(Math.ceil(file.size / file.fill.length)).slice(0, file.size),
    )
}

const placeFiles = (
  root: string,
  files: Readonly<Record<string, HostFile>>,
  scriptMode = 0o644,
): void => {
  mkdirSync(root, { recursive: true })
  for (const [path, file] of Object.entries(files)) placeFile(join(root, path), file, scriptMode)
}

/** Typed alone, these change the prompt itself. */
const changesPrompt = (line: string): boolean =>
  /^(?:cd(?:\s+[^\s;&|]+)?|(?:export\s+)?[A-Za-z_]\w*=[^\s;&|$`()]*)$/.test(line.trim())

const lineScript = (text: string, i: number, lineSeconds: number): string => {
  const run = changesPrompt(text)
    ? `eval ${quoted(text)}`
    : `timeout -k 5 ${lineSeconds} bash -c ${quoted(text)}`
  return `${run} > "$out/${i}.out" 2> "$out/${i}.err" < /dev/null; echo $? > "$out/${i}.exit"`
}

/** A tag that holds an image while a script's own are removed. */
const keeper = (id: string): string => `kept-between:${id.replace('sha256:', '')}`

/** Removes everything but these images, whose tags go too; prints the ids that are left. */
const clearing = (kept: readonly string[]): string => `
ids=$(docker ps -aq); [ -z "$ids" ] || docker rm -fv $ids > /dev/null
names=$(docker volume ls -q); [ -z "$names" ] || docker volume rm -f $names > /dev/null
${kept.map((id) => `docker tag ${id} ${keeper(id)} 2> /dev/null`).join('\n')}
tags=$(docker images --format '{{.Repository}}:{{.Tag}}' | grep -vE '^kept-between:|<none>')
[ -z "$tags" ] || docker rmi -f $tags > /dev/null 2>&1
docker image prune -f > /dev/null
docker network prune -f > /dev/null
docker builder prune -af > /dev/null 2>&1
rm -rf /srv/* /home/*
docker images -q --no-trunc
`

/** Runs scripts on a live engine, each on a clean one. */
export class EngineRunner {
  readonly #engine: LiveEngine
  /** Ready-made images by tag: archive on disk. */
  readonly #archives = new Map<string, string>()
  /** Ids of images that are kept between scripts: by tag of a ready-made one, by how it is built. */
  readonly #ids = new Map<string, string>()

  constructor(engine: LiveEngine) {
    this.#engine = engine
  }

  run(script: LiveScript): TypedLine[] {
    const scratch = mkdtempSync(join(this.#engine.scratch, 'script-'))
    try {
      this.#prepare(script, scratch)
      return this.#type(script, scratch)
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  }

  #must(script: string): string {
    const { status, stdout, stderr } = this.#engine.bash(`set -e\n${script}`)
    if (status !== 0) throw new Error(`the engine cannot be prepared: ${stderr || stdout}`)
    return stdout
  }

  #prepare(script: LiveScript, scratch: string): void {
    const wanted = new Map<string, string>()
    for (const tag of script.readyImages) {
      const id = this.#ids.get(tag) ?? this.#load(tag)
      wanted.set(tag, id)
    }
    for (const build of script.builds) {
      const key = JSON.stringify(build)
      const id = this.#ids.get(key)
      if (id !== undefined) wanted.set(build.tag, id)
    }
    const left = this.#engine.bash(clearing([...wanted.values()])).stdout
    const isThere = (tag: string): boolean => {
      const id = wanted.get(tag)
      return id !== undefined && left.includes(id)
    }
    for (const tag of script.readyImages) {
      if (!isThere(tag)) wanted.set(tag, this.#load(tag))
    }
    const missing = script.builds.filter(({ tag }) => !isThere(tag))
    for (const { tag } of missing) wanted.delete(tag)
    missing.forEach((build, i) => {
      const folder = join(scratch, `build${i}`)
      const text = build.dockerfile.map((line) => `${line}\n`).join('')
      // As in the simulator's build contexts, a script can be run.
      placeFiles(folder, { ...build.context, Dockerfile: text }, 0o755)
      for (const [tag, id] of wanted) this.#must(`docker tag ${id} ${quoted(tag)}`)
      const id = this.#must(`docker build -q -t ${quoted(build.tag)} ${quoted(folder)}`).trim()
      this.#ids.set(JSON.stringify(build), id)
      wanted.set(build.tag, id)
    })
    const files = join(scratch, 'files')
    placeFiles(files, script.files)
    this.#must(`
${[...wanted].map(([tag, id]) => `docker tag ${id} ${quoted(tag)}`).join('\n')}
mkdir -p ${quoted(script.cwd)}; cp -a --sparse=always ${quoted(files)}/. ${quoted(script.cwd)}`)
    this.#engine.bash(
      `docker rmi $(docker images --format '{{.Repository}}:{{.Tag}}' kept-between) > /dev/null`,
    )
  }

  #load(tag: string): string {
    this.#must(`docker load -q -i ${quoted(this.#archive(tag))}`)
    const id = this.#must(`docker image inspect -f '{{.Id}}' ${quoted(tag)}`).trim()
    this.#ids.set(tag, id)
    return id
  }

  #archive(tag: string): string {
    const known = this.#archives.get(tag)
    if (known !== undefined) return known
    const file = join(this.#engine.scratch, `${tag.replace(/\W/g, '-')}.tar`)
    writeFileSync(file, imageArchive(tag))
    this.#archives.set(tag, file)
    return file
  }

  #type(script: LiveScript, scratch: string): TypedLine[] {
    const typed = script.lines.map(({ text, onEngine, notOnEngine }, i) =>
      notOnEngine === undefined
        ? lineScript(onEngine ?? text, i, script.lineSeconds ?? usualLineSeconds)
        : ':',
    )
    const prompt = `
out=${quoted(scratch)}; cd ${quoted(script.cwd)}; umask 022; export USER=root
${typed.join('\n')}
`
    this.#engine.bash(prompt)
    const read = (name: string): string => {
      const file = join(scratch, name)
      return existsSync(file) ? readFileSync(file, 'utf8') : ''
    }
    return script.lines.map(({ text }, i) => ({
      cmd: text,
      stdout: read(`${i}.out`),
      stderr: read(`${i}.err`),
      exit: Number(read(`${i}.exit`) || '0'),
    }))
  }
}
