import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field } from "../kit/Field";
import { Trouble } from "../kit/Trouble";
import { answersTo, type Reference, readReference } from "./api-reference/document";
import { OperationCard } from "./api-reference/OperationCard";
import { ReferenceSkeleton } from "./api-reference/ReferenceSkeleton";

/** Every operation of the API to read and to try, from the document that the API makes of itself. */
export function ApiReference() {
	const reference = useSignal<Reference | null>(null);
	const trouble = useSignal<unknown>(null);
	const search = useSignal("");
	const apiKey = useSignal("");

	function read() {
		trouble.value = null;
		readReference()
			.then((told) => {
				reference.value = told;
			})
			.catch((error) => {
				trouble.value = error;
			});
	}
	useEffect(read, []);

	if (trouble.value !== null)
		return <Trouble what="The API's description did not load." error={trouble.value} again={read} />;
	const told = reference.value;
	if (!told) return <ReferenceSkeleton />;
	const groups = told.groups
		.map(({ operations, ...group }) => ({
			...group,
			operations: operations.filter((each) => answersTo(each, search.value)),
		}))
		.filter(({ operations }) => operations.length > 0);
	const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);

	return (
		<div class="flex flex-col gap-8">
			<div class="grid gap-4 md:grid-cols-2">
				<Field label="Search" hint="By method, path or words: post campaigns">
					<input
						class="input w-full"
						type="search"
						onInput={(event) => {
							search.value = event.currentTarget.value.trim();
						}}
					/>
				</Field>
				<Field label="API key" optional hint="Stays on this page only. Empty: as whoever is signed in here.">
					<input
						class="input w-full"
						type="password"
						autocomplete="off"
						placeholder="tk_…"
						onInput={(event) => {
							apiKey.value = event.currentTarget.value.trim();
						}}
					/>
				</Field>
			</div>
			<p class="text-muted text-sm" role="status">
				{count === 1 ? "1 operation" : `${count} operations`}
				{search.value && ` for “${search.value}”`}
			</p>
			{count === 0 && (
				<p class="notice">Nothing has these words. Try one of the path, such as contacts, or a method.</p>
			)}
			{groups.map(({ name, about, operations }) => (
				<section key={name} aria-labelledby={`group-${name}`}>
					<h2 id={`group-${name}`} class="text-xl">
						{name}
					</h2>
					<p class="text-muted mb-2 text-sm">{about}</p>
					<div class="line rounded-box overflow-hidden border [&>details:first-child]:border-t-0">
						{operations.map((operation) => (
							<OperationCard key={operation.id} operation={operation} schemas={told.schemas} apiKey={apiKey.value} />
						))}
					</div>
				</section>
			))}
		</div>
	);
}
