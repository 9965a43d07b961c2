import type { ReportRequest, ReportTable } from '../../contract/api.ts'
import type { GroupReport } from './buildReport.ts'
import { csvText } from './csvText.ts'
import { reportTables } from './reportTables.ts'

/** The report as a file. */
export function reportFile(
  report: GroupReport,
  wanted: ReportRequest,
): { readonly fileName: string; readonly text: string } {
  const day = new Date(report.view.at).toISOString().slice(0, 10)
  return wanted.format === 'json'
    ? {
        fileName: `driftwood-report-${day}.json`,
        text: `${JSON.stringify(report.view, null, 2)}\n`,
      }
    : {
        fileName: `driftwood-${FILE_WORDS[wanted.table]}-${day}.csv`,
        text: csvText(reportTables[wanted.table](report)),
      }
}

const FILE_WORDS: Readonly<Record<ReportTable, string>> = {
  levels: 'report',
  concepts: 'concepts',
  'player-concepts': 'player-concepts',
  mistakes: 'mistakes',
}
