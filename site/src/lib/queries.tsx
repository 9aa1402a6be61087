import { QueryClient, QueryClientProvider } from "@tanstack/preact-query";
import type { ComponentType } from "preact";
import { Refusal } from "./refusal";

/** One cache for every island and every page of a visit: pages change under it without a reload. */
export const cache = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 5_000,
			retry: (failures, error) =>
				failures < 2 && error instanceof Refusal && (error.status === 0 || error.status === 503),
		},
	},
});

/** Gives an island the shared cache. */
export function island<Props extends object>(Inner: ComponentType<Props>): ComponentType<Props> {
	return function Island(props: Props) {
		return (
			<QueryClientProvider client={cache}>
				<Inner {...props} />
			</QueryClientProvider>
		);
	};
}
