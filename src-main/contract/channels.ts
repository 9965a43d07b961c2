import type { CallName } from './api.ts'

/** The name under which each call travels, over IPC and as the last part of the HTTP path. */
export const callChannels = {
  getHome: 'get-home',
  saveSettings: 'save-settings',
  listPlayers: 'list-players',
  createPlayer: 'create-player',
  switchPlayer: 'switch-player',
  playAsGuest: 'play-as-guest',
  editPlayer: 'edit-player',
  renamePlayer: 'rename-player',
  setPin: 'set-pin',
  removePlayer: 'remove-player',
  getLogbook: 'get-logbook',
  exportProgress: 'export-progress',
  importProgress: 'import-progress',
  openLevel: 'open-level',
  runLine: 'run-line',
  answerPrediction: 'answer-prediction',
  answerExplanation: 'answer-explanation',
  takeHint: 'take-hint',
  listHostFiles: 'list-host-files',
  readHostFile: 'read-host-file',
  writeHostFile: 'write-host-file',
  undo: 'undo',
  redo: 'redo',
  resetLevel: 'reset-level',
  showStep: 'show-step',
  filmOf: 'film-of',
  stageAt: 'stage-at',
  tileFacts: 'tile-facts',
  completeLine: 'complete-line',
  openQuiz: 'open-quiz',
  answerQuestion: 'answer-question',
} as const satisfies Record<CallName, string>

export const callNames = Object.keys(callChannels) as readonly CallName[]
