/**
 * Offers the position of the device for a form that asks where something is. Without it, or without leave, the page's own
 * fields do; nothing is asked of the device before the button is pressed.
 */
for (const part of document.querySelectorAll<HTMLElement>('[data-position]')) {
  const button = part.querySelector('button')
  const said = part.querySelector<HTMLElement>('[data-said]')
  const lon = part.querySelector<HTMLInputElement>('input[name="lon"]')
  const lat = part.querySelector<HTMLInputElement>('input[name="lat"]')
  if (!button || !said || !lon || !lat || !('geolocation' in navigator)) continue
  part.hidden = false
  button.addEventListener('click', () => {
    said.textContent = part.dataset.asking ?? ''
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lon.value = String(coords.longitude)
        lat.value = String(coords.latitude)
        said.textContent = (part.dataset.got ?? '').replace('METRES', String(Math.round(coords.accuracy)))
      },
      () => {
        said.textContent = part.dataset.failed ?? ''
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  })
}
