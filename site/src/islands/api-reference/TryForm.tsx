import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Confirm } from "../../kit/Confirm";
import { CopyButton } from "../../kit/CopyButton";
import { Field } from "../../kit/Field";
import { Trouble } from "../../kit/Trouble";
import type { Operation } from "../../lib/reference/document";
import { addressOf, curlOf, exampleBody, takesFile } from "../../lib/reference/example";
import { ApiKey, apiKey } from "./ApiKey";
import { sendTry, type Tried } from "./send-try";

/** A form that fills in a curl line and sends it; what changes something is asked about first. */
export function TryForm({ operation }: { operation: Operation }) {
	const values = useSignal<Record<string, string>>({});
	const body = useSignal(exampleBody(operation));
	const busy = useSignal(false);
	const trouble = useSignal<unknown>(null);
	const tried = useSignal<Tried | null>(null);
	const address = addressOf(operation, values.value);
	const curl = curlOf(operation, location.origin, address, body.value);
	const isFile = takesFile(operation);
	const file = useSignal<File | null>(null);
	const asking = useSignal(false);

	async function send() {
		busy.value = true;
		trouble.value = null;
		try {
			tried.value = await sendTry(operation, { address, body: body.value, key: apiKey.value, file: file.value });
		} catch (error) {
			tried.value = null;
			trouble.value = error;
		}
		busy.value = false;
	}
	function submit(event: SubmitEvent) {
		event.preventDefault();
		if (operation.method === "GET") return send();
		asking.value = true;
	}

	return (
		<>
			<form
				onSubmit={submit}
				class="flex min-w-0 flex-col gap-3"
				aria-label={`Try ${operation.method} ${operation.path}`}
			>
				{!operation.open && <ApiKey />}
				{operation.parameters
					.filter(({ in: place }) => place !== "header")
					.map(({ name, in: place, required }) => (
						<Field
							key={name}
							label={name}
							optional={!required}
							hint={place === "path" ? "Part of the path" : undefined}
						>
							<input
								class="input w-full"
								required={required}
								autocomplete="off"
								onInput={(event) => {
									values.value = { ...values.value, [name]: event.currentTarget.value };
								}}
							/>
						</Field>
					))}
				{isFile && (
					<Field label="File">
						<input
							class="file-input w-full"
							type="file"
							required
							onChange={(event) => {
								file.value = event.currentTarget.files?.[0] ?? null;
							}}
						/>
					</Field>
				)}
				{operation.body && !isFile && (
					<Field label="Body">
						<textarea
							class="textarea w-full font-mono"
							rows={Math.min(12, body.value.split("\n").length + 1)}
							spellcheck={false}
							value={body.value}
							onInput={(event) => {
								body.value = event.currentTarget.value;
							}}
						/>
					</Field>
				)}
				<div class="relative">
					<pre class="bg-neutral text-neutral-content rounded-box p-3 pe-12 text-sm wrap-anywhere whitespace-pre-wrap">
						<code>{curl}</code>
					</pre>
					<span class="bg-base-100 rounded-field absolute end-2 top-2">
						<CopyButton text={curl} label="Copy the curl line" />
					</span>
				</div>
				<Action type="submit" busy={busy.value} busyWord="Sending…" class="self-start">
					Send it
				</Action>
				{trouble.value !== null && <Trouble what="Nothing was sent." error={trouble.value} />}
				<Answer tried={tried.value} />
			</form>
			{asking.value && (
				<Confirm
					title={`${operation.method} ${address}`}
					verb={operation.method === "DELETE" ? "Delete it" : "Send it"}
					busyWord="Sending…"
					danger={operation.method === "DELETE"}
					act={send}
					onClose={() => {
						asking.value = false;
					}}
				>
					<p>
						{operation.summary}: for real, in the account{" "}
						{apiKey.value ? "of the API key above" : "that is signed in here"}. What it spends is spent, and what it
						deletes is gone.
					</p>
				</Confirm>
			)}
		</>
	);
}

function Answer({ tried }: { tried: Tried | null }) {
	return (
		<div role="status">
			{tried && (
				<>
					<p class="mb-1 text-sm">
						Answered <strong>{tried.status === 0 ? "a redirect" : tried.status}</strong> in {tried.ms} ms
					</p>
					<pre class="line bg-base-200 rounded-box border p-3 text-sm wrap-anywhere whitespace-pre-wrap">
						<code>{tried.text}</code>
					</pre>
				</>
			)}
		</div>
	);
}
