import { type AttackReport, attackAgainAndAgain } from './attacking.ts'
import { attackRoom } from './room/attackingRoom.ts'

/** `npm run attacks -- [REQUESTS]`: against the host of one player, then against a classroom. */
const requests = Number(process.argv[2] ?? 10_000)

function tell(against: string, { kinds, faults }: AttackReport): void {
  const count = Object.keys(kinds).length
  process.stdout.write(
    `${requests} forged requests of ${count} kinds against ${against}; ${faults.length} faults\n`,
  )
  for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`)
  if (faults.length > 0) process.exitCode = 1
}

tell('one player', await attackAgainAndAgain(requests))
tell('a classroom', await attackRoom(requests))
