import { fileAddress, type FileStyle } from "#lib/net/files.ts";

/**
 * Downloads a file of the session with the token of a seat. A trader's file has only the trader's own orders and fills.
 */
export async function downloadFile(
  code: string,
  file: string,
  style: FileStyle,
  token: string,
): Promise<boolean> {
  const path = fileAddress(`/api/rooms/${code}/files/${file}`, style, navigator.language);
  const response = await fetch(path, {
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => null);
  if (!response?.ok) return false;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `${code}-${file}`;
  link.click();
  URL.revokeObjectURL(address);
  return true;
}
