/** Integer cents. `undefined` means nobody said, `0` means said to be zero. */
export type Cents = number & { readonly __unit?: 'cents' };
