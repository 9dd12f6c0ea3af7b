// Original file: proto/mosaic/v1/operator.proto

export const HostMode = {
  HOST_MODE_UNSPECIFIED: 'HOST_MODE_UNSPECIFIED',
  HOST_MODE_UNCLAIMED: 'HOST_MODE_UNCLAIMED',
  HOST_MODE_FREE: 'HOST_MODE_FREE',
  HOST_MODE_LEASED: 'HOST_MODE_LEASED',
  HOST_MODE_SHARED: 'HOST_MODE_SHARED',
  HOST_MODE_QUARANTINED: 'HOST_MODE_QUARANTINED',
} as const;

export type HostMode =
  | 'HOST_MODE_UNSPECIFIED'
  | 0
  | 'HOST_MODE_UNCLAIMED'
  | 1
  | 'HOST_MODE_FREE'
  | 2
  | 'HOST_MODE_LEASED'
  | 3
  | 'HOST_MODE_SHARED'
  | 4
  | 'HOST_MODE_QUARANTINED'
  | 5

export type HostMode__Output = typeof HostMode[keyof typeof HostMode]
