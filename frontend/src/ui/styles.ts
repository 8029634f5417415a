/** The styles that every page needs, in the order in which they may override each other. */
import './mantine.css'
import 'virtual:theme-variables.css'
import './start.css'
import './tokens.css'
