/**
 * Asks the device for a passkey and sends the answer with the form it belongs to. Loaded on pages that have such a form, and
 * never needed: without it the form stays hidden, and the page offers its other ways.
 */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

async function answer(form: HTMLFormElement): Promise<object> {
  const optionsJSON = JSON.parse(form.dataset.options ?? '{}')
  return form.dataset.passkey === 'create' ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON })
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  const said = form.querySelector<HTMLElement>('[data-said]')
  const button = form.querySelector<HTMLButtonElement>('button')
  const field = form.querySelector<HTMLInputElement>('input[name="response"]')
  if (!said || !button || !field) continue
  if (!browserSupportsWebAuthn()) {
    said.textContent = form.dataset.unsupported ?? ''
    continue
  }
  button.hidden = false
  form.addEventListener('submit', async (event) => {
    if (field.value !== '') return
    event.preventDefault()
    button.disabled = true
    said.textContent = ''
    try {
      field.value = JSON.stringify(await answer(form))
      form.submit()
    } catch (error) {
      // Cancelled, timed out, or this device has none: the person may try again or take another way.
      said.textContent = form.dataset.failed ?? ''
      console.info('passkey:', error instanceof Error ? error.name : error)
      button.disabled = false
    }
  })
}
