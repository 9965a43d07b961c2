import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { makeStage } from './screens/makeStage.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

createApp(App, { makeStage }).use(createPinia()).mount('#app')
