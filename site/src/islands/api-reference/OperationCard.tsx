import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Operation } from "./document";
import { ShapeView } from "./ShapeView";
import { limitsOf, type Schemas, typeOf } from "./schema";
import { TryIt } from "./TryIt";

const COLOURS: Record<string, string> = { GET: "text-info", POST: "text-success", DELETE: "text-error" };

interface Props {
	operation: Operation;
	schemas: Schemas;
	apiKey: string;
}

/** One operation: a line, and behind it all that it takes and answers. What is inside is made when it is first opened. */
export function OperationCard({ operation, schemas, apiKey }: Props) {
	const { id, method, path, summary } = operation;
	const opened = useSignal(false);
	const card = useRef<HTMLDetailsElement>(null);
	useEffect(() => {
		if (location.hash !== `#${id}` || !card.current) return;
		card.current.open = true;
		card.current.scrollIntoView();
	}, [id]);
	return (
		<details
			ref={card}
			id={id}
			class="line border-t"
			onToggle={(event) => {
				if (event.currentTarget.open) opened.value = true;
			}}
		>
			<summary class="hover:bg-base-200 flex min-h-11 flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2.5">
				<span class={`w-14 shrink-0 font-mono text-xs font-semibold ${COLOURS[method] ?? "text-primary"}`}>
					{method}
				</span>
				<code class="min-w-0 font-mono text-sm font-semibold wrap-anywhere">{path}</code>
				<span class="text-muted text-sm">{summary}</span>
			</summary>
			{opened.value && <Inside operation={operation} schemas={schemas} apiKey={apiKey} />}
		</details>
	);
}

function Inside({ operation, schemas, apiKey }: Props) {
	const { parameters, body, status, answer, others } = operation;
	return (
		<div class="grid gap-6 px-3 pt-2 pb-6 xl:grid-cols-2">
			<div class="flex min-w-0 flex-col gap-5">
				{parameters.length > 0 && (
					<Part title="Parameters">
						<ul class="text-sm">
							{parameters.map(({ name, in: place, required, schema }) => (
								<li key={name} class="py-1">
									<code class="font-mono font-semibold">{name}</code>{" "}
									<span class="text-muted">
										{typeOf(schema, schemas)}, in the {place}
									</span>
									{required && <span class="ms-2 text-xs font-medium">required</span>}
									<span class="text-faint ms-2 text-xs">{limitsOf(schema, schemas)}</span>
								</li>
							))}
						</ul>
					</Part>
				)}
				{body && (
					<Part title={`Body (${body.type})`}>
						<ShapeView schema={body.schema} schemas={schemas} />
					</Part>
				)}
				<Part title={`Answer ${status}`}>
					{answer ? (
						<>
							<ShapeView schema={answer.schema} schemas={schemas} />
							<details class="mt-2">
								<summary class="text-muted text-sm">An answer that came once</summary>
								<pre class="line bg-base-200 rounded-box mt-2 border p-3 text-sm wrap-anywhere whitespace-pre-wrap">
									<code>{JSON.stringify(answer.example, null, 2)}</code>
								</pre>
							</details>
						</>
					) : (
						<p class="text-muted text-sm">No JSON: a file, a redirect, or nothing.</p>
					)}
				</Part>
				<Part title="Other answers">
					<ul class="flex flex-col gap-1 text-sm">
						{others.map(({ status: other, about }) => (
							<li key={other}>
								<span class="font-mono font-semibold">{other}</span>{" "}
								<span class="text-muted">{about.replaceAll("`", "")}</span>
							</li>
						))}
					</ul>
					<p class="text-muted mt-1 text-sm">
						<a class="link" href="/docs/errors">
							What all errors have in common
						</a>
					</p>
				</Part>
				<Part title="Who may ask">
					<p class="text-muted text-sm">{whoMay(operation)}</p>
				</Part>
			</div>
			<Part title="Try it">
				<TryIt operation={operation} apiKey={apiKey} />
			</Part>
		</div>
	);
}

/** In words, who gets an answer. */
function whoMay({ open, scopes }: Operation): string {
	if (open) return "Anybody.";
	if (scopes.length === 0) return "Whoever is signed in; no API key will do.";
	return `Whoever is signed in, or an API key with the scope ${scopes.join(" or ")}.`;
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<div class="min-w-0">
			<h3 class="mb-1.5 text-sm font-semibold">{title}</h3>
			{children}
		</div>
	);
}
