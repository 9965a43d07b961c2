import type { Binary, InternalProgram } from '../shell/machine.ts'
import { notSimulated, pgDump, pgIsReady } from './postgres/pgDump.ts'
import { psql } from './postgres/psql.ts'
import { dockerEntrypoint, initdb, postgres } from './postgres/server.ts'
import { driftwoodLog, driftwoodWeb } from './web.ts'

const own = (program: InternalProgram): Binary => ({ program, flavour: 'gnu' })

/** Programs with a file of their own: servers and what talks to them. */
export const processBinaries: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['docker-entrypoint.sh', own(dockerEntrypoint)],
  ['driftwood-log', own(driftwoodLog)],
  ['driftwood-web', own(driftwoodWeb)],
  ['initdb', own(initdb)],
  ['pg_ctl', own(notSimulated)],
  ['pg_dump', own(pgDump)],
  ['pg_isready', own(pgIsReady)],
  ['pg_restore', own(notSimulated)],
  ['postgres', own(postgres)],
  ['psql', own(psql)],
])
