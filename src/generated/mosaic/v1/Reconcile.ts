// Original file: proto/mosaic/v1/framework.proto


export interface Reconcile {
  'taskIds'?: (string)[];
}

export interface Reconcile__Output {
  'taskIds': (string)[];
}
