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
	const { parameters, body, status, answer } = operation;
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
						<ShapeView schema={answer} schemas={schemas} />
					) : (
						<p class="text-muted text-sm">No JSON: a file, a redirect, or nothing.</p>
					)}
				</Part>
				<Part title="Any other status">
					<p class="text-muted text-sm">
						<code>error</code> for people, <code>code</code> for programs, <code>details</code> with the path of each
						wrong input, and the <code>requestId</code> to quote.{" "}
						<a class="link" href="/docs/errors">
							All codes
						</a>
					</p>
				</Part>
			</div>
			<Part title="Try it">
				<TryIt operation={operation} schemas={schemas} apiKey={apiKey} />
			</Part>
		</div>
	);
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<div class="min-w-0">
			<h3 class="mb-1.5 text-sm font-semibold">{title}</h3>
			{children}
		</div>
	);
}
