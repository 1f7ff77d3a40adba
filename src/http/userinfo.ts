/** User or password of an address with its percent-encoding resolved; one that is not encoded stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
