/** Providers that have no class of their own. */
export const clockToken = Symbol('clock');
export const logToken = Symbol('log');
export const configToken = Symbol('config');
export const webhookNetworksToken = Symbol('webhook networks');
