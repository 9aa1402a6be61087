import { newKey } from "../../lib/changes";
import { Refusal, reasonOf } from "../../lib/refusal";
import { send } from "../../lib/send";

/** A file on its way into a message. */
export interface Attachment {
	key: string;
	name: string;
	/** 0 to 1. */
	part: number;
	/** The address to send it by, once it is up. */
	url: string | null;
	/** What shows it here. */
	preview: string | null;
	trouble: string;
}

interface Uploaded {
	id: string;
	url: string;
}

export const MOST_FILES = 10;
const MOST_BYTES = 5 * 1024 * 1024;

/** Takes a file up and tells how far it is. */
export function attach(file: File, onChange: (attachment: Attachment) => void): void {
	const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
	let now: Attachment = { key: newKey(), name: file.name, part: 0, url: null, preview, trouble: "" };
	const say = (change: Partial<Attachment>) => {
		now = { ...now, ...change };
		onChange(now);
	};
	say({});
	void upload(file, (part) => say({ part }))
		.then(({ url }) => say({ url, part: 1 }))
		.catch((error) => say({ trouble: reasonOf(error) }));
}

async function upload(file: File, onPart: (part: number) => void): Promise<Uploaded> {
	if (file.size > MOST_BYTES) throw new Refusal(413, { error: `“${file.name}” is larger than 5 MB` });
	const form = new FormData();
	form.set("file", file);
	return send<Uploaded>("/api/media", form, onPart);
}
