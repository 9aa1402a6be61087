// Twilio asks once more only when it could not connect. Our doors know an event that comes twice, so ask again
// after server errors and time-outs too. The fragment is an order to the carrier: it is neither sent nor signed.
const RETRIES = "#rc=3&rp=5xx,ct,rt";

/** The URL as the carrier is told it, so that it repeats a callback that we failed to take. */
export function retried(url: string): string {
	return url.includes("#") ? url : url + RETRIES;
}
