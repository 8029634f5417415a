// Shows the demo accounts, on a system that has some.
const section = document.getElementById('demo')
const state = document.getElementById('state')

function cell(row, tag, text) {
  const element = document.createElement(tag)
  if (tag === 'th') element.scope = 'row'
  element.textContent = text
  row.append(element)
}

function roleOf(account) {
  return [account.role, account.rank].filter(Boolean).join(', ')
}

try {
  const answer = await fetch('/api/v1/config/', { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  const config = await answer.json()
  state.textContent = `Version ${config.version}`
  const accounts = config.demo_accounts ?? []
  if (section && accounts.length > 0) {
    const body = section.querySelector('tbody')
    for (const account of accounts) {
      const row = document.createElement('tr')
      cell(row, 'th', account.email)
      cell(row, 'td', roleOf(account))
      cell(row, 'td', account.tenant ?? '')
      body.append(row)
    }
    const password = accounts.find((account) => account.password)?.password
    document.getElementById('password').textContent = password ?? 'see the terminal that started this system'
    section.hidden = false
  }
} catch (error) {
  state.textContent = `The server cannot be asked (${error.message}). Reload this page to try again.`
}
