import { createApp } from 'vue'
import JoinScreen from './screens/JoinScreen.vue'
import { followSystem } from './styles/followSystem.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

// The game's own settings come with a player, and here there is none yet.
followSystem()
createApp(JoinScreen).mount('#app')
