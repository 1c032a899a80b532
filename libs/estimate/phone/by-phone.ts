/** How a decision names that a figure is from a call. */
export const BY_PHONE = 'by_phone';
