/** Copies text, also on plain http, where browsers offer no clipboard API. @returns whether it was copied */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copyBySelection(value);
  }
}

function copyBySelection(value: string): boolean {
  const area = document.createElement("textarea");
  area.value = value;
  area.className = "hidden-text";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
