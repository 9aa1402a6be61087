import { changed } from "../../lib/cache";
import { Refusal } from "../../lib/refusal";
import { send } from "../../lib/send";
import { tell } from "../../lib/toasts";
import type { Greeting } from "../../lib/wire";

const MOST_BYTES = 10 * 1024 * 1024;

/** Sends one recording up; the server looks into it and says no to what is not audio. */
export async function uploadGreeting(file: File, onPart: (part: number) => void): Promise<Greeting> {
	if (file.size > MOST_BYTES)
		throw new Refusal(413, { error: `“${file.name}” has ${Math.ceil(file.size / 1024 / 1024)} MB; at most 10 MB fit` });
	const form = new FormData();
	form.set("file", file);
	const greeting = await send<Greeting>("/api/greeting-files", form, onPart);
	await changed("greetings");
	tell(`“${greeting.filename}” is ready to be played.`);
	return greeting;
}
