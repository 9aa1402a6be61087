import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import type { Operation } from "../../lib/reference/document";
import { OFFLINE } from "../../lib/refusal";
import { readOperation } from "./document";
import { TryForm } from "./TryForm";

/** A form that sends one operation. It comes when somebody wants to try it, and reads what it has to ask for. */
export function TryIt({ id }: { id: string }) {
	const operation = useSignal<Operation | null>(null);
	const trouble = useSignal<unknown>(null);

	function read() {
		trouble.value = null;
		readOperation(id)
			.then((told) => {
				if (!told) throw OFFLINE;
				operation.value = told;
			})
			.catch((error) => {
				trouble.value = error;
			});
	}
	useEffect(read, [id]);

	if (trouble.value !== null)
		return <Trouble what="The API's description did not load." error={trouble.value} again={read} />;
	if (!operation.value) return <TextSkeleton lines={4} label="Reading what the API says of itself" />;
	return <TryForm operation={operation.value} />;
}
