import { signedFetch } from "./api";
import { refusalFrom } from "./refusal";

/** Saves a file that only signed-in people may fetch; a plain link would carry no token. */
export async function saveAs(path: string, name: string): Promise<void> {
	const reply = await signedFetch(path);
	if (!reply.ok) throw await refusalFrom(reply);
	saveBlob(await reply.blob(), name);
}

export function saveBlob(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	// The browser has taken hold of it by the next task.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
