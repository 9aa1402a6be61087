import { navigate } from "astro:transitions/client";
import { useSignal } from "@preact/signals";
import { CircleCheck } from "lucide-preact";
import { useRef } from "preact/hooks";
import { Action } from "../kit/Action";
import { api, once, said } from "../lib/api";
import { changed } from "../lib/cache";
import { keyAfter, newKey } from "../lib/changes";
import { reasonOf } from "../lib/refusal";
import { tell } from "../lib/toasts";
import { useAwake } from "../lib/use-awake";
import type { Channel } from "../lib/wire";

/** How long the new number stands on the page before the inbox opens. */
const SHOWN_MS = 2_000;

/** One button: a number is bought and its channel made, or neither. */
export function GenerateNumber() {
	const busy = useSignal(false);
	const awake = useAwake();
	const got = useSignal<Channel | null>(null);
	const trouble = useSignal("");
	const key = useRef(newKey());

	async function generate() {
		busy.value = true;
		trouble.value = "";
		try {
			const channel = await said(
				api.channels["generate-phone-number"].$post({ json: { country: "USA" } }, once(key.current)),
			);
			void changed("channels", "numbers", "wallet");
			if ("operationId" in channel)
				tell("The carrier has not confirmed the number yet. It will stand in your inbox once it has.");
			else {
				got.value = channel;
				tell("Phone number generated. Opening your inbox.");
			}
			setTimeout(() => void navigate("/chat"), SHOWN_MS);
		} catch (error) {
			trouble.value = reasonOf(error);
			key.current = keyAfter(key.current, error);
			busy.value = false;
		}
	}

	return (
		<div class="card flex max-w-2xl flex-col items-center gap-5 px-6 py-12 text-center">
			{got.value ? (
				<div class="rise flex flex-col items-center gap-2" role="status">
					<CircleCheck size={30} class="text-success" aria-hidden />
					<p class="text-muted text-sm">Your new number</p>
					<p class="phone text-2xl">
						<strong>{got.value.formatted}</strong>
					</p>
					<p class="text-muted text-sm">Phone number purchased and stored. On to your inbox…</p>
				</div>
			) : (
				<>
					<p class="text-muted max-w-md text-pretty">
						Trunkline buys a number in the United States and opens a channel for it. The first month comes from your
						balance.
					</p>
					{trouble.value && (
						<div class="notice notice-bad text-start" role="alert">
							<p>
								<strong class="block">No number was generated, and nothing was charged.</strong>
								{trouble}
							</p>
						</div>
					)}
					<Action class="btn-lg" disabled={!awake} busy={busy.value} busyWord="Generating..." onClick={generate}>
						Generate phone number
					</Action>
					<p class="text-muted text-sm">
						Another country, or certain digits?{" "}
						<a class="link" href="/numbers/buy">
							Choose a number yourself
						</a>
					</p>
				</>
			)}
		</div>
	);
}
