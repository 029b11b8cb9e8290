/** Shakes the phone where the browser can and may: before a first touch it may not, and says so in its console. */
export function vibrate(): void {
  if (navigator.userActivation.hasBeenActive && 'vibrate' in navigator)
    navigator.vibrate([400, 200, 400, 200, 400]);
}
