/**
 * Base of the address that visitors' phones reach the hall by; undefined where nobody says. Without it the page shows no QR
 * code, for its own address may well be 127.0.0.1. Never rejects.
 */
export async function fetchPublicUrl(get: typeof fetch = fetch): Promise<string | undefined> {
  try {
    const response = await get('/api/v1/hall', { headers: { accept: 'application/json' } });
    if (!response.ok) return undefined;
    const { publicUrl } = (await response.json()) as { readonly publicUrl?: unknown };
    return typeof publicUrl === 'string' && /^https?:\/\/./.test(publicUrl) ? publicUrl : undefined;
  } catch {
    return undefined;
  }
}
