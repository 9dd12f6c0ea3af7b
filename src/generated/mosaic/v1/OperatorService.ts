// Original file: proto/mosaic/v1/operator.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AdmitHostRequest as _mosaic_v1_AdmitHostRequest, AdmitHostRequest__Output as _mosaic_v1_AdmitHostRequest__Output } from '../../mosaic/v1/AdmitHostRequest.js';
import type { AdmitHostResponse as _mosaic_v1_AdmitHostResponse, AdmitHostResponse__Output as _mosaic_v1_AdmitHostResponse__Output } from '../../mosaic/v1/AdmitHostResponse.js';
import type { AdoptRequest as _mosaic_v1_AdoptRequest, AdoptRequest__Output as _mosaic_v1_AdoptRequest__Output } from '../../mosaic/v1/AdoptRequest.js';
import type { AdoptResponse as _mosaic_v1_AdoptResponse, AdoptResponse__Output as _mosaic_v1_AdoptResponse__Output } from '../../mosaic/v1/AdoptResponse.js';
import type { ApplyQuotaRequest as _mosaic_v1_ApplyQuotaRequest, ApplyQuotaRequest__Output as _mosaic_v1_ApplyQuotaRequest__Output } from '../../mosaic/v1/ApplyQuotaRequest.js';
import type { ApplyQuotaResponse as _mosaic_v1_ApplyQuotaResponse, ApplyQuotaResponse__Output as _mosaic_v1_ApplyQuotaResponse__Output } from '../../mosaic/v1/ApplyQuotaResponse.js';
import type { ApprovePlanRequest as _mosaic_v1_ApprovePlanRequest, ApprovePlanRequest__Output as _mosaic_v1_ApprovePlanRequest__Output } from '../../mosaic/v1/ApprovePlanRequest.js';
import type { ApprovePlanResponse as _mosaic_v1_ApprovePlanResponse, ApprovePlanResponse__Output as _mosaic_v1_ApprovePlanResponse__Output } from '../../mosaic/v1/ApprovePlanResponse.js';
import type { AuditRequest as _mosaic_v1_AuditRequest, AuditRequest__Output as _mosaic_v1_AuditRequest__Output } from '../../mosaic/v1/AuditRequest.js';
import type { AuditResponse as _mosaic_v1_AuditResponse, AuditResponse__Output as _mosaic_v1_AuditResponse__Output } from '../../mosaic/v1/AuditResponse.js';
import type { CancelDrainRequest as _mosaic_v1_CancelDrainRequest, CancelDrainRequest__Output as _mosaic_v1_CancelDrainRequest__Output } from '../../mosaic/v1/CancelDrainRequest.js';
import type { CancelDrainResponse as _mosaic_v1_CancelDrainResponse, CancelDrainResponse__Output as _mosaic_v1_CancelDrainResponse__Output } from '../../mosaic/v1/CancelDrainResponse.js';
import type { CancelMoveRequest as _mosaic_v1_CancelMoveRequest, CancelMoveRequest__Output as _mosaic_v1_CancelMoveRequest__Output } from '../../mosaic/v1/CancelMoveRequest.js';
import type { CancelMoveResponse as _mosaic_v1_CancelMoveResponse, CancelMoveResponse__Output as _mosaic_v1_CancelMoveResponse__Output } from '../../mosaic/v1/CancelMoveResponse.js';
import type { ConfirmHostOffRequest as _mosaic_v1_ConfirmHostOffRequest, ConfirmHostOffRequest__Output as _mosaic_v1_ConfirmHostOffRequest__Output } from '../../mosaic/v1/ConfirmHostOffRequest.js';
import type { ConfirmHostOffResponse as _mosaic_v1_ConfirmHostOffResponse, ConfirmHostOffResponse__Output as _mosaic_v1_ConfirmHostOffResponse__Output } from '../../mosaic/v1/ConfirmHostOffResponse.js';
import type { CordonHostRequest as _mosaic_v1_CordonHostRequest, CordonHostRequest__Output as _mosaic_v1_CordonHostRequest__Output } from '../../mosaic/v1/CordonHostRequest.js';
import type { CordonHostResponse as _mosaic_v1_CordonHostResponse, CordonHostResponse__Output as _mosaic_v1_CordonHostResponse__Output } from '../../mosaic/v1/CordonHostResponse.js';
import type { DeleteHostProfileRequest as _mosaic_v1_DeleteHostProfileRequest, DeleteHostProfileRequest__Output as _mosaic_v1_DeleteHostProfileRequest__Output } from '../../mosaic/v1/DeleteHostProfileRequest.js';
import type { DeleteHostProfileResponse as _mosaic_v1_DeleteHostProfileResponse, DeleteHostProfileResponse__Output as _mosaic_v1_DeleteHostProfileResponse__Output } from '../../mosaic/v1/DeleteHostProfileResponse.js';
import type { DeleteMaintenanceWindowRequest as _mosaic_v1_DeleteMaintenanceWindowRequest, DeleteMaintenanceWindowRequest__Output as _mosaic_v1_DeleteMaintenanceWindowRequest__Output } from '../../mosaic/v1/DeleteMaintenanceWindowRequest.js';
import type { DeleteMaintenanceWindowResponse as _mosaic_v1_DeleteMaintenanceWindowResponse, DeleteMaintenanceWindowResponse__Output as _mosaic_v1_DeleteMaintenanceWindowResponse__Output } from '../../mosaic/v1/DeleteMaintenanceWindowResponse.js';
import type { DeleteRoleRequest as _mosaic_v1_DeleteRoleRequest, DeleteRoleRequest__Output as _mosaic_v1_DeleteRoleRequest__Output } from '../../mosaic/v1/DeleteRoleRequest.js';
import type { DeleteRoleResponse as _mosaic_v1_DeleteRoleResponse, DeleteRoleResponse__Output as _mosaic_v1_DeleteRoleResponse__Output } from '../../mosaic/v1/DeleteRoleResponse.js';
import type { DrainHostRequest as _mosaic_v1_DrainHostRequest, DrainHostRequest__Output as _mosaic_v1_DrainHostRequest__Output } from '../../mosaic/v1/DrainHostRequest.js';
import type { DrainHostResponse as _mosaic_v1_DrainHostResponse, DrainHostResponse__Output as _mosaic_v1_DrainHostResponse__Output } from '../../mosaic/v1/DrainHostResponse.js';
import type { ExplainRequest as _mosaic_v1_ExplainRequest, ExplainRequest__Output as _mosaic_v1_ExplainRequest__Output } from '../../mosaic/v1/ExplainRequest.js';
import type { ExplainResponse as _mosaic_v1_ExplainResponse, ExplainResponse__Output as _mosaic_v1_ExplainResponse__Output } from '../../mosaic/v1/ExplainResponse.js';
import type { ForgetHostRequest as _mosaic_v1_ForgetHostRequest, ForgetHostRequest__Output as _mosaic_v1_ForgetHostRequest__Output } from '../../mosaic/v1/ForgetHostRequest.js';
import type { ForgetHostResponse as _mosaic_v1_ForgetHostResponse, ForgetHostResponse__Output as _mosaic_v1_ForgetHostResponse__Output } from '../../mosaic/v1/ForgetHostResponse.js';
import type { FreezeRequest as _mosaic_v1_FreezeRequest, FreezeRequest__Output as _mosaic_v1_FreezeRequest__Output } from '../../mosaic/v1/FreezeRequest.js';
import type { FreezeResponse as _mosaic_v1_FreezeResponse, FreezeResponse__Output as _mosaic_v1_FreezeResponse__Output } from '../../mosaic/v1/FreezeResponse.js';
import type { GetHostProfileRequest as _mosaic_v1_GetHostProfileRequest, GetHostProfileRequest__Output as _mosaic_v1_GetHostProfileRequest__Output } from '../../mosaic/v1/GetHostProfileRequest.js';
import type { GetHostProfileResponse as _mosaic_v1_GetHostProfileResponse, GetHostProfileResponse__Output as _mosaic_v1_GetHostProfileResponse__Output } from '../../mosaic/v1/GetHostProfileResponse.js';
import type { GetHostRequest as _mosaic_v1_GetHostRequest, GetHostRequest__Output as _mosaic_v1_GetHostRequest__Output } from '../../mosaic/v1/GetHostRequest.js';
import type { GetHostResponse as _mosaic_v1_GetHostResponse, GetHostResponse__Output as _mosaic_v1_GetHostResponse__Output } from '../../mosaic/v1/GetHostResponse.js';
import type { GetOverviewRequest as _mosaic_v1_GetOverviewRequest, GetOverviewRequest__Output as _mosaic_v1_GetOverviewRequest__Output } from '../../mosaic/v1/GetOverviewRequest.js';
import type { GetOverviewResponse as _mosaic_v1_GetOverviewResponse, GetOverviewResponse__Output as _mosaic_v1_GetOverviewResponse__Output } from '../../mosaic/v1/GetOverviewResponse.js';
import type { GetPlanRequest as _mosaic_v1_GetPlanRequest, GetPlanRequest__Output as _mosaic_v1_GetPlanRequest__Output } from '../../mosaic/v1/GetPlanRequest.js';
import type { GetPlanResponse as _mosaic_v1_GetPlanResponse, GetPlanResponse__Output as _mosaic_v1_GetPlanResponse__Output } from '../../mosaic/v1/GetPlanResponse.js';
import type { GetTransitionRequest as _mosaic_v1_GetTransitionRequest, GetTransitionRequest__Output as _mosaic_v1_GetTransitionRequest__Output } from '../../mosaic/v1/GetTransitionRequest.js';
import type { GetTransitionResponse as _mosaic_v1_GetTransitionResponse, GetTransitionResponse__Output as _mosaic_v1_GetTransitionResponse__Output } from '../../mosaic/v1/GetTransitionResponse.js';
import type { ListConditionsRequest as _mosaic_v1_ListConditionsRequest, ListConditionsRequest__Output as _mosaic_v1_ListConditionsRequest__Output } from '../../mosaic/v1/ListConditionsRequest.js';
import type { ListConditionsResponse as _mosaic_v1_ListConditionsResponse, ListConditionsResponse__Output as _mosaic_v1_ListConditionsResponse__Output } from '../../mosaic/v1/ListConditionsResponse.js';
import type { ListDemandsRequest as _mosaic_v1_ListDemandsRequest, ListDemandsRequest__Output as _mosaic_v1_ListDemandsRequest__Output } from '../../mosaic/v1/ListDemandsRequest.js';
import type { ListDemandsResponse as _mosaic_v1_ListDemandsResponse, ListDemandsResponse__Output as _mosaic_v1_ListDemandsResponse__Output } from '../../mosaic/v1/ListDemandsResponse.js';
import type { ListFrameworksRequest as _mosaic_v1_ListFrameworksRequest, ListFrameworksRequest__Output as _mosaic_v1_ListFrameworksRequest__Output } from '../../mosaic/v1/ListFrameworksRequest.js';
import type { ListFrameworksResponse as _mosaic_v1_ListFrameworksResponse, ListFrameworksResponse__Output as _mosaic_v1_ListFrameworksResponse__Output } from '../../mosaic/v1/ListFrameworksResponse.js';
import type { ListFreezesRequest as _mosaic_v1_ListFreezesRequest, ListFreezesRequest__Output as _mosaic_v1_ListFreezesRequest__Output } from '../../mosaic/v1/ListFreezesRequest.js';
import type { ListFreezesResponse as _mosaic_v1_ListFreezesResponse, ListFreezesResponse__Output as _mosaic_v1_ListFreezesResponse__Output } from '../../mosaic/v1/ListFreezesResponse.js';
import type { ListHostProfilesRequest as _mosaic_v1_ListHostProfilesRequest, ListHostProfilesRequest__Output as _mosaic_v1_ListHostProfilesRequest__Output } from '../../mosaic/v1/ListHostProfilesRequest.js';
import type { ListHostProfilesResponse as _mosaic_v1_ListHostProfilesResponse, ListHostProfilesResponse__Output as _mosaic_v1_ListHostProfilesResponse__Output } from '../../mosaic/v1/ListHostProfilesResponse.js';
import type { ListHostsRequest as _mosaic_v1_ListHostsRequest, ListHostsRequest__Output as _mosaic_v1_ListHostsRequest__Output } from '../../mosaic/v1/ListHostsRequest.js';
import type { ListHostsResponse as _mosaic_v1_ListHostsResponse, ListHostsResponse__Output as _mosaic_v1_ListHostsResponse__Output } from '../../mosaic/v1/ListHostsResponse.js';
import type { ListMaintenanceWindowsRequest as _mosaic_v1_ListMaintenanceWindowsRequest, ListMaintenanceWindowsRequest__Output as _mosaic_v1_ListMaintenanceWindowsRequest__Output } from '../../mosaic/v1/ListMaintenanceWindowsRequest.js';
import type { ListMaintenanceWindowsResponse as _mosaic_v1_ListMaintenanceWindowsResponse, ListMaintenanceWindowsResponse__Output as _mosaic_v1_ListMaintenanceWindowsResponse__Output } from '../../mosaic/v1/ListMaintenanceWindowsResponse.js';
import type { ListOffersRequest as _mosaic_v1_ListOffersRequest, ListOffersRequest__Output as _mosaic_v1_ListOffersRequest__Output } from '../../mosaic/v1/ListOffersRequest.js';
import type { ListOffersResponse as _mosaic_v1_ListOffersResponse, ListOffersResponse__Output as _mosaic_v1_ListOffersResponse__Output } from '../../mosaic/v1/ListOffersResponse.js';
import type { ListReservationsRequest as _mosaic_v1_ListReservationsRequest, ListReservationsRequest__Output as _mosaic_v1_ListReservationsRequest__Output } from '../../mosaic/v1/ListReservationsRequest.js';
import type { ListReservationsResponse as _mosaic_v1_ListReservationsResponse, ListReservationsResponse__Output as _mosaic_v1_ListReservationsResponse__Output } from '../../mosaic/v1/ListReservationsResponse.js';
import type { ListRolesRequest as _mosaic_v1_ListRolesRequest, ListRolesRequest__Output as _mosaic_v1_ListRolesRequest__Output } from '../../mosaic/v1/ListRolesRequest.js';
import type { ListRolesResponse as _mosaic_v1_ListRolesResponse, ListRolesResponse__Output as _mosaic_v1_ListRolesResponse__Output } from '../../mosaic/v1/ListRolesResponse.js';
import type { ListTasksRequest as _mosaic_v1_ListTasksRequest, ListTasksRequest__Output as _mosaic_v1_ListTasksRequest__Output } from '../../mosaic/v1/ListTasksRequest.js';
import type { ListTasksResponse as _mosaic_v1_ListTasksResponse, ListTasksResponse__Output as _mosaic_v1_ListTasksResponse__Output } from '../../mosaic/v1/ListTasksResponse.js';
import type { ListTransitionsRequest as _mosaic_v1_ListTransitionsRequest, ListTransitionsRequest__Output as _mosaic_v1_ListTransitionsRequest__Output } from '../../mosaic/v1/ListTransitionsRequest.js';
import type { ListTransitionsResponse as _mosaic_v1_ListTransitionsResponse, ListTransitionsResponse__Output as _mosaic_v1_ListTransitionsResponse__Output } from '../../mosaic/v1/ListTransitionsResponse.js';
import type { MoveHostRequest as _mosaic_v1_MoveHostRequest, MoveHostRequest__Output as _mosaic_v1_MoveHostRequest__Output } from '../../mosaic/v1/MoveHostRequest.js';
import type { MoveHostResponse as _mosaic_v1_MoveHostResponse, MoveHostResponse__Output as _mosaic_v1_MoveHostResponse__Output } from '../../mosaic/v1/MoveHostResponse.js';
import type { QuarantineHostRequest as _mosaic_v1_QuarantineHostRequest, QuarantineHostRequest__Output as _mosaic_v1_QuarantineHostRequest__Output } from '../../mosaic/v1/QuarantineHostRequest.js';
import type { QuarantineHostResponse as _mosaic_v1_QuarantineHostResponse, QuarantineHostResponse__Output as _mosaic_v1_QuarantineHostResponse__Output } from '../../mosaic/v1/QuarantineHostResponse.js';
import type { RejectPlanRequest as _mosaic_v1_RejectPlanRequest, RejectPlanRequest__Output as _mosaic_v1_RejectPlanRequest__Output } from '../../mosaic/v1/RejectPlanRequest.js';
import type { RejectPlanResponse as _mosaic_v1_RejectPlanResponse, RejectPlanResponse__Output as _mosaic_v1_RejectPlanResponse__Output } from '../../mosaic/v1/RejectPlanResponse.js';
import type { ReleaseHostRequest as _mosaic_v1_ReleaseHostRequest, ReleaseHostRequest__Output as _mosaic_v1_ReleaseHostRequest__Output } from '../../mosaic/v1/ReleaseHostRequest.js';
import type { ReleaseHostResponse as _mosaic_v1_ReleaseHostResponse, ReleaseHostResponse__Output as _mosaic_v1_ReleaseHostResponse__Output } from '../../mosaic/v1/ReleaseHostResponse.js';
import type { ReleasePeerRequest as _mosaic_v1_ReleasePeerRequest, ReleasePeerRequest__Output as _mosaic_v1_ReleasePeerRequest__Output } from '../../mosaic/v1/ReleasePeerRequest.js';
import type { ReleasePeerResponse as _mosaic_v1_ReleasePeerResponse, ReleasePeerResponse__Output as _mosaic_v1_ReleasePeerResponse__Output } from '../../mosaic/v1/ReleasePeerResponse.js';
import type { ReserveCapacityRequest as _mosaic_v1_ReserveCapacityRequest, ReserveCapacityRequest__Output as _mosaic_v1_ReserveCapacityRequest__Output } from '../../mosaic/v1/ReserveCapacityRequest.js';
import type { ReserveCapacityResponse as _mosaic_v1_ReserveCapacityResponse, ReserveCapacityResponse__Output as _mosaic_v1_ReserveCapacityResponse__Output } from '../../mosaic/v1/ReserveCapacityResponse.js';
import type { ResetBreakerRequest as _mosaic_v1_ResetBreakerRequest, ResetBreakerRequest__Output as _mosaic_v1_ResetBreakerRequest__Output } from '../../mosaic/v1/ResetBreakerRequest.js';
import type { ResetBreakerResponse as _mosaic_v1_ResetBreakerResponse, ResetBreakerResponse__Output as _mosaic_v1_ResetBreakerResponse__Output } from '../../mosaic/v1/ResetBreakerResponse.js';
import type { RetryMoveRequest as _mosaic_v1_RetryMoveRequest, RetryMoveRequest__Output as _mosaic_v1_RetryMoveRequest__Output } from '../../mosaic/v1/RetryMoveRequest.js';
import type { RetryMoveResponse as _mosaic_v1_RetryMoveResponse, RetryMoveResponse__Output as _mosaic_v1_RetryMoveResponse__Output } from '../../mosaic/v1/RetryMoveResponse.js';
import type { SetHostProfileRequest as _mosaic_v1_SetHostProfileRequest, SetHostProfileRequest__Output as _mosaic_v1_SetHostProfileRequest__Output } from '../../mosaic/v1/SetHostProfileRequest.js';
import type { SetHostProfileResponse as _mosaic_v1_SetHostProfileResponse, SetHostProfileResponse__Output as _mosaic_v1_SetHostProfileResponse__Output } from '../../mosaic/v1/SetHostProfileResponse.js';
import type { SetMaintenanceWindowRequest as _mosaic_v1_SetMaintenanceWindowRequest, SetMaintenanceWindowRequest__Output as _mosaic_v1_SetMaintenanceWindowRequest__Output } from '../../mosaic/v1/SetMaintenanceWindowRequest.js';
import type { SetMaintenanceWindowResponse as _mosaic_v1_SetMaintenanceWindowResponse, SetMaintenanceWindowResponse__Output as _mosaic_v1_SetMaintenanceWindowResponse__Output } from '../../mosaic/v1/SetMaintenanceWindowResponse.js';
import type { SetPlanModeRequest as _mosaic_v1_SetPlanModeRequest, SetPlanModeRequest__Output as _mosaic_v1_SetPlanModeRequest__Output } from '../../mosaic/v1/SetPlanModeRequest.js';
import type { SetPlanModeResponse as _mosaic_v1_SetPlanModeResponse, SetPlanModeResponse__Output as _mosaic_v1_SetPlanModeResponse__Output } from '../../mosaic/v1/SetPlanModeResponse.js';
import type { SetRoleRequest as _mosaic_v1_SetRoleRequest, SetRoleRequest__Output as _mosaic_v1_SetRoleRequest__Output } from '../../mosaic/v1/SetRoleRequest.js';
import type { SetRoleResponse as _mosaic_v1_SetRoleResponse, SetRoleResponse__Output as _mosaic_v1_SetRoleResponse__Output } from '../../mosaic/v1/SetRoleResponse.js';
import type { SetShapeRequest as _mosaic_v1_SetShapeRequest, SetShapeRequest__Output as _mosaic_v1_SetShapeRequest__Output } from '../../mosaic/v1/SetShapeRequest.js';
import type { SetShapeResponse as _mosaic_v1_SetShapeResponse, SetShapeResponse__Output as _mosaic_v1_SetShapeResponse__Output } from '../../mosaic/v1/SetShapeResponse.js';
import type { ShareHostRequest as _mosaic_v1_ShareHostRequest, ShareHostRequest__Output as _mosaic_v1_ShareHostRequest__Output } from '../../mosaic/v1/ShareHostRequest.js';
import type { ShareHostResponse as _mosaic_v1_ShareHostResponse, ShareHostResponse__Output as _mosaic_v1_ShareHostResponse__Output } from '../../mosaic/v1/ShareHostResponse.js';
import type { TeardownFrameworkRequest as _mosaic_v1_TeardownFrameworkRequest, TeardownFrameworkRequest__Output as _mosaic_v1_TeardownFrameworkRequest__Output } from '../../mosaic/v1/TeardownFrameworkRequest.js';
import type { TeardownFrameworkResponse as _mosaic_v1_TeardownFrameworkResponse, TeardownFrameworkResponse__Output as _mosaic_v1_TeardownFrameworkResponse__Output } from '../../mosaic/v1/TeardownFrameworkResponse.js';
import type { UncordonHostRequest as _mosaic_v1_UncordonHostRequest, UncordonHostRequest__Output as _mosaic_v1_UncordonHostRequest__Output } from '../../mosaic/v1/UncordonHostRequest.js';
import type { UncordonHostResponse as _mosaic_v1_UncordonHostResponse, UncordonHostResponse__Output as _mosaic_v1_UncordonHostResponse__Output } from '../../mosaic/v1/UncordonHostResponse.js';
import type { UnfreezeRequest as _mosaic_v1_UnfreezeRequest, UnfreezeRequest__Output as _mosaic_v1_UnfreezeRequest__Output } from '../../mosaic/v1/UnfreezeRequest.js';
import type { UnfreezeResponse as _mosaic_v1_UnfreezeResponse, UnfreezeResponse__Output as _mosaic_v1_UnfreezeResponse__Output } from '../../mosaic/v1/UnfreezeResponse.js';
import type { UnreserveCapacityRequest as _mosaic_v1_UnreserveCapacityRequest, UnreserveCapacityRequest__Output as _mosaic_v1_UnreserveCapacityRequest__Output } from '../../mosaic/v1/UnreserveCapacityRequest.js';
import type { UnreserveCapacityResponse as _mosaic_v1_UnreserveCapacityResponse, UnreserveCapacityResponse__Output as _mosaic_v1_UnreserveCapacityResponse__Output } from '../../mosaic/v1/UnreserveCapacityResponse.js';
import type { WatchRequest as _mosaic_v1_WatchRequest, WatchRequest__Output as _mosaic_v1_WatchRequest__Output } from '../../mosaic/v1/WatchRequest.js';
import type { WatchResponse as _mosaic_v1_WatchResponse, WatchResponse__Output as _mosaic_v1_WatchResponse__Output } from '../../mosaic/v1/WatchResponse.js';

export interface OperatorServiceClient extends grpc.Client {
  AdmitHost(argument: _mosaic_v1_AdmitHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  AdmitHost(argument: _mosaic_v1_AdmitHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  AdmitHost(argument: _mosaic_v1_AdmitHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  AdmitHost(argument: _mosaic_v1_AdmitHostRequest, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  admitHost(argument: _mosaic_v1_AdmitHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  admitHost(argument: _mosaic_v1_AdmitHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  admitHost(argument: _mosaic_v1_AdmitHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  admitHost(argument: _mosaic_v1_AdmitHostRequest, callback: grpc.requestCallback<_mosaic_v1_AdmitHostResponse__Output>): grpc.ClientUnaryCall;
  
  Adopt(argument: _mosaic_v1_AdoptRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  Adopt(argument: _mosaic_v1_AdoptRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  Adopt(argument: _mosaic_v1_AdoptRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  Adopt(argument: _mosaic_v1_AdoptRequest, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  adopt(argument: _mosaic_v1_AdoptRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  adopt(argument: _mosaic_v1_AdoptRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  adopt(argument: _mosaic_v1_AdoptRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  adopt(argument: _mosaic_v1_AdoptRequest, callback: grpc.requestCallback<_mosaic_v1_AdoptResponse__Output>): grpc.ClientUnaryCall;
  
  ApplyQuota(argument: _mosaic_v1_ApplyQuotaRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  ApplyQuota(argument: _mosaic_v1_ApplyQuotaRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  ApplyQuota(argument: _mosaic_v1_ApplyQuotaRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  ApplyQuota(argument: _mosaic_v1_ApplyQuotaRequest, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  applyQuota(argument: _mosaic_v1_ApplyQuotaRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  applyQuota(argument: _mosaic_v1_ApplyQuotaRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  applyQuota(argument: _mosaic_v1_ApplyQuotaRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  applyQuota(argument: _mosaic_v1_ApplyQuotaRequest, callback: grpc.requestCallback<_mosaic_v1_ApplyQuotaResponse__Output>): grpc.ClientUnaryCall;
  
  ApprovePlan(argument: _mosaic_v1_ApprovePlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  ApprovePlan(argument: _mosaic_v1_ApprovePlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  ApprovePlan(argument: _mosaic_v1_ApprovePlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  ApprovePlan(argument: _mosaic_v1_ApprovePlanRequest, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  approvePlan(argument: _mosaic_v1_ApprovePlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  approvePlan(argument: _mosaic_v1_ApprovePlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  approvePlan(argument: _mosaic_v1_ApprovePlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  approvePlan(argument: _mosaic_v1_ApprovePlanRequest, callback: grpc.requestCallback<_mosaic_v1_ApprovePlanResponse__Output>): grpc.ClientUnaryCall;
  
  Audit(argument: _mosaic_v1_AuditRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  Audit(argument: _mosaic_v1_AuditRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  Audit(argument: _mosaic_v1_AuditRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  Audit(argument: _mosaic_v1_AuditRequest, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  audit(argument: _mosaic_v1_AuditRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  audit(argument: _mosaic_v1_AuditRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  audit(argument: _mosaic_v1_AuditRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  audit(argument: _mosaic_v1_AuditRequest, callback: grpc.requestCallback<_mosaic_v1_AuditResponse__Output>): grpc.ClientUnaryCall;
  
  CancelDrain(argument: _mosaic_v1_CancelDrainRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  CancelDrain(argument: _mosaic_v1_CancelDrainRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  CancelDrain(argument: _mosaic_v1_CancelDrainRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  CancelDrain(argument: _mosaic_v1_CancelDrainRequest, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  cancelDrain(argument: _mosaic_v1_CancelDrainRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  cancelDrain(argument: _mosaic_v1_CancelDrainRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  cancelDrain(argument: _mosaic_v1_CancelDrainRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  cancelDrain(argument: _mosaic_v1_CancelDrainRequest, callback: grpc.requestCallback<_mosaic_v1_CancelDrainResponse__Output>): grpc.ClientUnaryCall;
  
  CancelMove(argument: _mosaic_v1_CancelMoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  CancelMove(argument: _mosaic_v1_CancelMoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  CancelMove(argument: _mosaic_v1_CancelMoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  CancelMove(argument: _mosaic_v1_CancelMoveRequest, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  cancelMove(argument: _mosaic_v1_CancelMoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  cancelMove(argument: _mosaic_v1_CancelMoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  cancelMove(argument: _mosaic_v1_CancelMoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  cancelMove(argument: _mosaic_v1_CancelMoveRequest, callback: grpc.requestCallback<_mosaic_v1_CancelMoveResponse__Output>): grpc.ClientUnaryCall;
  
  ConfirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  ConfirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  ConfirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  ConfirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  confirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  confirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  confirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  confirmHostOff(argument: _mosaic_v1_ConfirmHostOffRequest, callback: grpc.requestCallback<_mosaic_v1_ConfirmHostOffResponse__Output>): grpc.ClientUnaryCall;
  
  CordonHost(argument: _mosaic_v1_CordonHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  CordonHost(argument: _mosaic_v1_CordonHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  CordonHost(argument: _mosaic_v1_CordonHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  CordonHost(argument: _mosaic_v1_CordonHostRequest, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  cordonHost(argument: _mosaic_v1_CordonHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  cordonHost(argument: _mosaic_v1_CordonHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  cordonHost(argument: _mosaic_v1_CordonHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  cordonHost(argument: _mosaic_v1_CordonHostRequest, callback: grpc.requestCallback<_mosaic_v1_CordonHostResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  DeleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  DeleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  DeleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  deleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  deleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  deleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  deleteHostProfile(argument: _mosaic_v1_DeleteHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteHostProfileResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  DeleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  DeleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  DeleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  deleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  deleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  deleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  deleteMaintenanceWindow(argument: _mosaic_v1_DeleteMaintenanceWindowRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteRole(argument: _mosaic_v1_DeleteRoleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  DeleteRole(argument: _mosaic_v1_DeleteRoleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  DeleteRole(argument: _mosaic_v1_DeleteRoleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  DeleteRole(argument: _mosaic_v1_DeleteRoleRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  deleteRole(argument: _mosaic_v1_DeleteRoleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  deleteRole(argument: _mosaic_v1_DeleteRoleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  deleteRole(argument: _mosaic_v1_DeleteRoleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  deleteRole(argument: _mosaic_v1_DeleteRoleRequest, callback: grpc.requestCallback<_mosaic_v1_DeleteRoleResponse__Output>): grpc.ClientUnaryCall;
  
  DrainHost(argument: _mosaic_v1_DrainHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  DrainHost(argument: _mosaic_v1_DrainHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  DrainHost(argument: _mosaic_v1_DrainHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  DrainHost(argument: _mosaic_v1_DrainHostRequest, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  drainHost(argument: _mosaic_v1_DrainHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  drainHost(argument: _mosaic_v1_DrainHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  drainHost(argument: _mosaic_v1_DrainHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  drainHost(argument: _mosaic_v1_DrainHostRequest, callback: grpc.requestCallback<_mosaic_v1_DrainHostResponse__Output>): grpc.ClientUnaryCall;
  
  Explain(argument: _mosaic_v1_ExplainRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  Explain(argument: _mosaic_v1_ExplainRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  Explain(argument: _mosaic_v1_ExplainRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  Explain(argument: _mosaic_v1_ExplainRequest, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  explain(argument: _mosaic_v1_ExplainRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  explain(argument: _mosaic_v1_ExplainRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  explain(argument: _mosaic_v1_ExplainRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  explain(argument: _mosaic_v1_ExplainRequest, callback: grpc.requestCallback<_mosaic_v1_ExplainResponse__Output>): grpc.ClientUnaryCall;
  
  ForgetHost(argument: _mosaic_v1_ForgetHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  ForgetHost(argument: _mosaic_v1_ForgetHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  ForgetHost(argument: _mosaic_v1_ForgetHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  ForgetHost(argument: _mosaic_v1_ForgetHostRequest, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  forgetHost(argument: _mosaic_v1_ForgetHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  forgetHost(argument: _mosaic_v1_ForgetHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  forgetHost(argument: _mosaic_v1_ForgetHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  forgetHost(argument: _mosaic_v1_ForgetHostRequest, callback: grpc.requestCallback<_mosaic_v1_ForgetHostResponse__Output>): grpc.ClientUnaryCall;
  
  Freeze(argument: _mosaic_v1_FreezeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  Freeze(argument: _mosaic_v1_FreezeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  Freeze(argument: _mosaic_v1_FreezeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  Freeze(argument: _mosaic_v1_FreezeRequest, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  freeze(argument: _mosaic_v1_FreezeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  freeze(argument: _mosaic_v1_FreezeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  freeze(argument: _mosaic_v1_FreezeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  freeze(argument: _mosaic_v1_FreezeRequest, callback: grpc.requestCallback<_mosaic_v1_FreezeResponse__Output>): grpc.ClientUnaryCall;
  
  GetHost(argument: _mosaic_v1_GetHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  GetHost(argument: _mosaic_v1_GetHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  GetHost(argument: _mosaic_v1_GetHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  GetHost(argument: _mosaic_v1_GetHostRequest, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  getHost(argument: _mosaic_v1_GetHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  getHost(argument: _mosaic_v1_GetHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  getHost(argument: _mosaic_v1_GetHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  getHost(argument: _mosaic_v1_GetHostRequest, callback: grpc.requestCallback<_mosaic_v1_GetHostResponse__Output>): grpc.ClientUnaryCall;
  
  GetHostProfile(argument: _mosaic_v1_GetHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  GetHostProfile(argument: _mosaic_v1_GetHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  GetHostProfile(argument: _mosaic_v1_GetHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  GetHostProfile(argument: _mosaic_v1_GetHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  getHostProfile(argument: _mosaic_v1_GetHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  getHostProfile(argument: _mosaic_v1_GetHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  getHostProfile(argument: _mosaic_v1_GetHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  getHostProfile(argument: _mosaic_v1_GetHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_GetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  
  GetOverview(argument: _mosaic_v1_GetOverviewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _mosaic_v1_GetOverviewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _mosaic_v1_GetOverviewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _mosaic_v1_GetOverviewRequest, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _mosaic_v1_GetOverviewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _mosaic_v1_GetOverviewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _mosaic_v1_GetOverviewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _mosaic_v1_GetOverviewRequest, callback: grpc.requestCallback<_mosaic_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  
  GetPlan(argument: _mosaic_v1_GetPlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  GetPlan(argument: _mosaic_v1_GetPlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  GetPlan(argument: _mosaic_v1_GetPlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  GetPlan(argument: _mosaic_v1_GetPlanRequest, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  getPlan(argument: _mosaic_v1_GetPlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  getPlan(argument: _mosaic_v1_GetPlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  getPlan(argument: _mosaic_v1_GetPlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  getPlan(argument: _mosaic_v1_GetPlanRequest, callback: grpc.requestCallback<_mosaic_v1_GetPlanResponse__Output>): grpc.ClientUnaryCall;
  
  GetTransition(argument: _mosaic_v1_GetTransitionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  GetTransition(argument: _mosaic_v1_GetTransitionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  GetTransition(argument: _mosaic_v1_GetTransitionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  GetTransition(argument: _mosaic_v1_GetTransitionRequest, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  getTransition(argument: _mosaic_v1_GetTransitionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  getTransition(argument: _mosaic_v1_GetTransitionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  getTransition(argument: _mosaic_v1_GetTransitionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  getTransition(argument: _mosaic_v1_GetTransitionRequest, callback: grpc.requestCallback<_mosaic_v1_GetTransitionResponse__Output>): grpc.ClientUnaryCall;
  
  ListConditions(argument: _mosaic_v1_ListConditionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  ListConditions(argument: _mosaic_v1_ListConditionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  ListConditions(argument: _mosaic_v1_ListConditionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  ListConditions(argument: _mosaic_v1_ListConditionsRequest, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  listConditions(argument: _mosaic_v1_ListConditionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  listConditions(argument: _mosaic_v1_ListConditionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  listConditions(argument: _mosaic_v1_ListConditionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  listConditions(argument: _mosaic_v1_ListConditionsRequest, callback: grpc.requestCallback<_mosaic_v1_ListConditionsResponse__Output>): grpc.ClientUnaryCall;
  
  ListDemands(argument: _mosaic_v1_ListDemandsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  ListDemands(argument: _mosaic_v1_ListDemandsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  ListDemands(argument: _mosaic_v1_ListDemandsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  ListDemands(argument: _mosaic_v1_ListDemandsRequest, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  listDemands(argument: _mosaic_v1_ListDemandsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  listDemands(argument: _mosaic_v1_ListDemandsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  listDemands(argument: _mosaic_v1_ListDemandsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  listDemands(argument: _mosaic_v1_ListDemandsRequest, callback: grpc.requestCallback<_mosaic_v1_ListDemandsResponse__Output>): grpc.ClientUnaryCall;
  
  ListFrameworks(argument: _mosaic_v1_ListFrameworksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  ListFrameworks(argument: _mosaic_v1_ListFrameworksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  ListFrameworks(argument: _mosaic_v1_ListFrameworksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  ListFrameworks(argument: _mosaic_v1_ListFrameworksRequest, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  listFrameworks(argument: _mosaic_v1_ListFrameworksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  listFrameworks(argument: _mosaic_v1_ListFrameworksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  listFrameworks(argument: _mosaic_v1_ListFrameworksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  listFrameworks(argument: _mosaic_v1_ListFrameworksRequest, callback: grpc.requestCallback<_mosaic_v1_ListFrameworksResponse__Output>): grpc.ClientUnaryCall;
  
  ListFreezes(argument: _mosaic_v1_ListFreezesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  ListFreezes(argument: _mosaic_v1_ListFreezesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  ListFreezes(argument: _mosaic_v1_ListFreezesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  ListFreezes(argument: _mosaic_v1_ListFreezesRequest, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  listFreezes(argument: _mosaic_v1_ListFreezesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  listFreezes(argument: _mosaic_v1_ListFreezesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  listFreezes(argument: _mosaic_v1_ListFreezesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  listFreezes(argument: _mosaic_v1_ListFreezesRequest, callback: grpc.requestCallback<_mosaic_v1_ListFreezesResponse__Output>): grpc.ClientUnaryCall;
  
  ListHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  ListHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  ListHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  ListHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  listHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  listHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  listHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  listHostProfiles(argument: _mosaic_v1_ListHostProfilesRequest, callback: grpc.requestCallback<_mosaic_v1_ListHostProfilesResponse__Output>): grpc.ClientUnaryCall;
  
  ListHosts(argument: _mosaic_v1_ListHostsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  ListHosts(argument: _mosaic_v1_ListHostsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  ListHosts(argument: _mosaic_v1_ListHostsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  ListHosts(argument: _mosaic_v1_ListHostsRequest, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  listHosts(argument: _mosaic_v1_ListHostsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  listHosts(argument: _mosaic_v1_ListHostsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  listHosts(argument: _mosaic_v1_ListHostsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  listHosts(argument: _mosaic_v1_ListHostsRequest, callback: grpc.requestCallback<_mosaic_v1_ListHostsResponse__Output>): grpc.ClientUnaryCall;
  
  ListMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  ListMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  ListMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  ListMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  listMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  listMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  listMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  listMaintenanceWindows(argument: _mosaic_v1_ListMaintenanceWindowsRequest, callback: grpc.requestCallback<_mosaic_v1_ListMaintenanceWindowsResponse__Output>): grpc.ClientUnaryCall;
  
  ListOffers(argument: _mosaic_v1_ListOffersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  ListOffers(argument: _mosaic_v1_ListOffersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  ListOffers(argument: _mosaic_v1_ListOffersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  ListOffers(argument: _mosaic_v1_ListOffersRequest, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  listOffers(argument: _mosaic_v1_ListOffersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  listOffers(argument: _mosaic_v1_ListOffersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  listOffers(argument: _mosaic_v1_ListOffersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  listOffers(argument: _mosaic_v1_ListOffersRequest, callback: grpc.requestCallback<_mosaic_v1_ListOffersResponse__Output>): grpc.ClientUnaryCall;
  
  ListReservations(argument: _mosaic_v1_ListReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  ListReservations(argument: _mosaic_v1_ListReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  ListReservations(argument: _mosaic_v1_ListReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  ListReservations(argument: _mosaic_v1_ListReservationsRequest, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  listReservations(argument: _mosaic_v1_ListReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  listReservations(argument: _mosaic_v1_ListReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  listReservations(argument: _mosaic_v1_ListReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  listReservations(argument: _mosaic_v1_ListReservationsRequest, callback: grpc.requestCallback<_mosaic_v1_ListReservationsResponse__Output>): grpc.ClientUnaryCall;
  
  ListRoles(argument: _mosaic_v1_ListRolesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  ListRoles(argument: _mosaic_v1_ListRolesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  ListRoles(argument: _mosaic_v1_ListRolesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  ListRoles(argument: _mosaic_v1_ListRolesRequest, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  listRoles(argument: _mosaic_v1_ListRolesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  listRoles(argument: _mosaic_v1_ListRolesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  listRoles(argument: _mosaic_v1_ListRolesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  listRoles(argument: _mosaic_v1_ListRolesRequest, callback: grpc.requestCallback<_mosaic_v1_ListRolesResponse__Output>): grpc.ClientUnaryCall;
  
  ListTasks(argument: _mosaic_v1_ListTasksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  ListTasks(argument: _mosaic_v1_ListTasksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  ListTasks(argument: _mosaic_v1_ListTasksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  ListTasks(argument: _mosaic_v1_ListTasksRequest, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  listTasks(argument: _mosaic_v1_ListTasksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  listTasks(argument: _mosaic_v1_ListTasksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  listTasks(argument: _mosaic_v1_ListTasksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  listTasks(argument: _mosaic_v1_ListTasksRequest, callback: grpc.requestCallback<_mosaic_v1_ListTasksResponse__Output>): grpc.ClientUnaryCall;
  
  ListTransitions(argument: _mosaic_v1_ListTransitionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  ListTransitions(argument: _mosaic_v1_ListTransitionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  ListTransitions(argument: _mosaic_v1_ListTransitionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  ListTransitions(argument: _mosaic_v1_ListTransitionsRequest, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  listTransitions(argument: _mosaic_v1_ListTransitionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  listTransitions(argument: _mosaic_v1_ListTransitionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  listTransitions(argument: _mosaic_v1_ListTransitionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  listTransitions(argument: _mosaic_v1_ListTransitionsRequest, callback: grpc.requestCallback<_mosaic_v1_ListTransitionsResponse__Output>): grpc.ClientUnaryCall;
  
  MoveHost(argument: _mosaic_v1_MoveHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  MoveHost(argument: _mosaic_v1_MoveHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  MoveHost(argument: _mosaic_v1_MoveHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  MoveHost(argument: _mosaic_v1_MoveHostRequest, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  moveHost(argument: _mosaic_v1_MoveHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  moveHost(argument: _mosaic_v1_MoveHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  moveHost(argument: _mosaic_v1_MoveHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  moveHost(argument: _mosaic_v1_MoveHostRequest, callback: grpc.requestCallback<_mosaic_v1_MoveHostResponse__Output>): grpc.ClientUnaryCall;
  
  QuarantineHost(argument: _mosaic_v1_QuarantineHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  QuarantineHost(argument: _mosaic_v1_QuarantineHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  QuarantineHost(argument: _mosaic_v1_QuarantineHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  QuarantineHost(argument: _mosaic_v1_QuarantineHostRequest, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  quarantineHost(argument: _mosaic_v1_QuarantineHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  quarantineHost(argument: _mosaic_v1_QuarantineHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  quarantineHost(argument: _mosaic_v1_QuarantineHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  quarantineHost(argument: _mosaic_v1_QuarantineHostRequest, callback: grpc.requestCallback<_mosaic_v1_QuarantineHostResponse__Output>): grpc.ClientUnaryCall;
  
  RejectPlan(argument: _mosaic_v1_RejectPlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  RejectPlan(argument: _mosaic_v1_RejectPlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  RejectPlan(argument: _mosaic_v1_RejectPlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  RejectPlan(argument: _mosaic_v1_RejectPlanRequest, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  rejectPlan(argument: _mosaic_v1_RejectPlanRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  rejectPlan(argument: _mosaic_v1_RejectPlanRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  rejectPlan(argument: _mosaic_v1_RejectPlanRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  rejectPlan(argument: _mosaic_v1_RejectPlanRequest, callback: grpc.requestCallback<_mosaic_v1_RejectPlanResponse__Output>): grpc.ClientUnaryCall;
  
  ReleaseHost(argument: _mosaic_v1_ReleaseHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHost(argument: _mosaic_v1_ReleaseHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHost(argument: _mosaic_v1_ReleaseHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  ReleaseHost(argument: _mosaic_v1_ReleaseHostRequest, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  releaseHost(argument: _mosaic_v1_ReleaseHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  releaseHost(argument: _mosaic_v1_ReleaseHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  releaseHost(argument: _mosaic_v1_ReleaseHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  releaseHost(argument: _mosaic_v1_ReleaseHostRequest, callback: grpc.requestCallback<_mosaic_v1_ReleaseHostResponse__Output>): grpc.ClientUnaryCall;
  
  ReleasePeer(argument: _mosaic_v1_ReleasePeerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  ReleasePeer(argument: _mosaic_v1_ReleasePeerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  ReleasePeer(argument: _mosaic_v1_ReleasePeerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  ReleasePeer(argument: _mosaic_v1_ReleasePeerRequest, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  releasePeer(argument: _mosaic_v1_ReleasePeerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  releasePeer(argument: _mosaic_v1_ReleasePeerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  releasePeer(argument: _mosaic_v1_ReleasePeerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  releasePeer(argument: _mosaic_v1_ReleasePeerRequest, callback: grpc.requestCallback<_mosaic_v1_ReleasePeerResponse__Output>): grpc.ClientUnaryCall;
  
  ReserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  ReserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  ReserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  ReserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  reserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  reserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  reserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  reserveCapacity(argument: _mosaic_v1_ReserveCapacityRequest, callback: grpc.requestCallback<_mosaic_v1_ReserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  
  ResetBreaker(argument: _mosaic_v1_ResetBreakerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  ResetBreaker(argument: _mosaic_v1_ResetBreakerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  ResetBreaker(argument: _mosaic_v1_ResetBreakerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  ResetBreaker(argument: _mosaic_v1_ResetBreakerRequest, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  resetBreaker(argument: _mosaic_v1_ResetBreakerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  resetBreaker(argument: _mosaic_v1_ResetBreakerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  resetBreaker(argument: _mosaic_v1_ResetBreakerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  resetBreaker(argument: _mosaic_v1_ResetBreakerRequest, callback: grpc.requestCallback<_mosaic_v1_ResetBreakerResponse__Output>): grpc.ClientUnaryCall;
  
  RetryMove(argument: _mosaic_v1_RetryMoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  RetryMove(argument: _mosaic_v1_RetryMoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  RetryMove(argument: _mosaic_v1_RetryMoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  RetryMove(argument: _mosaic_v1_RetryMoveRequest, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  retryMove(argument: _mosaic_v1_RetryMoveRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  retryMove(argument: _mosaic_v1_RetryMoveRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  retryMove(argument: _mosaic_v1_RetryMoveRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  retryMove(argument: _mosaic_v1_RetryMoveRequest, callback: grpc.requestCallback<_mosaic_v1_RetryMoveResponse__Output>): grpc.ClientUnaryCall;
  
  SetHostProfile(argument: _mosaic_v1_SetHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  SetHostProfile(argument: _mosaic_v1_SetHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  SetHostProfile(argument: _mosaic_v1_SetHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  SetHostProfile(argument: _mosaic_v1_SetHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  setHostProfile(argument: _mosaic_v1_SetHostProfileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  setHostProfile(argument: _mosaic_v1_SetHostProfileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  setHostProfile(argument: _mosaic_v1_SetHostProfileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  setHostProfile(argument: _mosaic_v1_SetHostProfileRequest, callback: grpc.requestCallback<_mosaic_v1_SetHostProfileResponse__Output>): grpc.ClientUnaryCall;
  
  SetMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  SetMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  SetMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  SetMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  setMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  setMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  setMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  setMaintenanceWindow(argument: _mosaic_v1_SetMaintenanceWindowRequest, callback: grpc.requestCallback<_mosaic_v1_SetMaintenanceWindowResponse__Output>): grpc.ClientUnaryCall;
  
  SetPlanMode(argument: _mosaic_v1_SetPlanModeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  SetPlanMode(argument: _mosaic_v1_SetPlanModeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  SetPlanMode(argument: _mosaic_v1_SetPlanModeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  SetPlanMode(argument: _mosaic_v1_SetPlanModeRequest, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  setPlanMode(argument: _mosaic_v1_SetPlanModeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  setPlanMode(argument: _mosaic_v1_SetPlanModeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  setPlanMode(argument: _mosaic_v1_SetPlanModeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  setPlanMode(argument: _mosaic_v1_SetPlanModeRequest, callback: grpc.requestCallback<_mosaic_v1_SetPlanModeResponse__Output>): grpc.ClientUnaryCall;
  
  SetRole(argument: _mosaic_v1_SetRoleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  SetRole(argument: _mosaic_v1_SetRoleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  SetRole(argument: _mosaic_v1_SetRoleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  SetRole(argument: _mosaic_v1_SetRoleRequest, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  setRole(argument: _mosaic_v1_SetRoleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  setRole(argument: _mosaic_v1_SetRoleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  setRole(argument: _mosaic_v1_SetRoleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  setRole(argument: _mosaic_v1_SetRoleRequest, callback: grpc.requestCallback<_mosaic_v1_SetRoleResponse__Output>): grpc.ClientUnaryCall;
  
  SetShape(argument: _mosaic_v1_SetShapeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  SetShape(argument: _mosaic_v1_SetShapeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  SetShape(argument: _mosaic_v1_SetShapeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  SetShape(argument: _mosaic_v1_SetShapeRequest, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  setShape(argument: _mosaic_v1_SetShapeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  setShape(argument: _mosaic_v1_SetShapeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  setShape(argument: _mosaic_v1_SetShapeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  setShape(argument: _mosaic_v1_SetShapeRequest, callback: grpc.requestCallback<_mosaic_v1_SetShapeResponse__Output>): grpc.ClientUnaryCall;
  
  ShareHost(argument: _mosaic_v1_ShareHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  ShareHost(argument: _mosaic_v1_ShareHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  ShareHost(argument: _mosaic_v1_ShareHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  ShareHost(argument: _mosaic_v1_ShareHostRequest, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  shareHost(argument: _mosaic_v1_ShareHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  shareHost(argument: _mosaic_v1_ShareHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  shareHost(argument: _mosaic_v1_ShareHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  shareHost(argument: _mosaic_v1_ShareHostRequest, callback: grpc.requestCallback<_mosaic_v1_ShareHostResponse__Output>): grpc.ClientUnaryCall;
  
  TeardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  TeardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  TeardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  TeardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  teardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  teardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  teardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  teardownFramework(argument: _mosaic_v1_TeardownFrameworkRequest, callback: grpc.requestCallback<_mosaic_v1_TeardownFrameworkResponse__Output>): grpc.ClientUnaryCall;
  
  UncordonHost(argument: _mosaic_v1_UncordonHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  UncordonHost(argument: _mosaic_v1_UncordonHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  UncordonHost(argument: _mosaic_v1_UncordonHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  UncordonHost(argument: _mosaic_v1_UncordonHostRequest, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  uncordonHost(argument: _mosaic_v1_UncordonHostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  uncordonHost(argument: _mosaic_v1_UncordonHostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  uncordonHost(argument: _mosaic_v1_UncordonHostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  uncordonHost(argument: _mosaic_v1_UncordonHostRequest, callback: grpc.requestCallback<_mosaic_v1_UncordonHostResponse__Output>): grpc.ClientUnaryCall;
  
  Unfreeze(argument: _mosaic_v1_UnfreezeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  Unfreeze(argument: _mosaic_v1_UnfreezeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  Unfreeze(argument: _mosaic_v1_UnfreezeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  Unfreeze(argument: _mosaic_v1_UnfreezeRequest, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  unfreeze(argument: _mosaic_v1_UnfreezeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  unfreeze(argument: _mosaic_v1_UnfreezeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  unfreeze(argument: _mosaic_v1_UnfreezeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  unfreeze(argument: _mosaic_v1_UnfreezeRequest, callback: grpc.requestCallback<_mosaic_v1_UnfreezeResponse__Output>): grpc.ClientUnaryCall;
  
  UnreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  UnreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  UnreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  UnreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  unreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  unreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  unreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  unreserveCapacity(argument: _mosaic_v1_UnreserveCapacityRequest, callback: grpc.requestCallback<_mosaic_v1_UnreserveCapacityResponse__Output>): grpc.ClientUnaryCall;
  
  Watch(argument: _mosaic_v1_WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mosaic_v1_WatchResponse__Output>;
  Watch(argument: _mosaic_v1_WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mosaic_v1_WatchResponse__Output>;
  watch(argument: _mosaic_v1_WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mosaic_v1_WatchResponse__Output>;
  watch(argument: _mosaic_v1_WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mosaic_v1_WatchResponse__Output>;
  
}

export interface OperatorServiceHandlers extends grpc.UntypedServiceImplementation {
  AdmitHost: grpc.handleUnaryCall<_mosaic_v1_AdmitHostRequest__Output, _mosaic_v1_AdmitHostResponse>;
  
  Adopt: grpc.handleUnaryCall<_mosaic_v1_AdoptRequest__Output, _mosaic_v1_AdoptResponse>;
  
  ApplyQuota: grpc.handleUnaryCall<_mosaic_v1_ApplyQuotaRequest__Output, _mosaic_v1_ApplyQuotaResponse>;
  
  ApprovePlan: grpc.handleUnaryCall<_mosaic_v1_ApprovePlanRequest__Output, _mosaic_v1_ApprovePlanResponse>;
  
  Audit: grpc.handleUnaryCall<_mosaic_v1_AuditRequest__Output, _mosaic_v1_AuditResponse>;
  
  CancelDrain: grpc.handleUnaryCall<_mosaic_v1_CancelDrainRequest__Output, _mosaic_v1_CancelDrainResponse>;
  
  CancelMove: grpc.handleUnaryCall<_mosaic_v1_CancelMoveRequest__Output, _mosaic_v1_CancelMoveResponse>;
  
  ConfirmHostOff: grpc.handleUnaryCall<_mosaic_v1_ConfirmHostOffRequest__Output, _mosaic_v1_ConfirmHostOffResponse>;
  
  CordonHost: grpc.handleUnaryCall<_mosaic_v1_CordonHostRequest__Output, _mosaic_v1_CordonHostResponse>;
  
  DeleteHostProfile: grpc.handleUnaryCall<_mosaic_v1_DeleteHostProfileRequest__Output, _mosaic_v1_DeleteHostProfileResponse>;
  
  DeleteMaintenanceWindow: grpc.handleUnaryCall<_mosaic_v1_DeleteMaintenanceWindowRequest__Output, _mosaic_v1_DeleteMaintenanceWindowResponse>;
  
  DeleteRole: grpc.handleUnaryCall<_mosaic_v1_DeleteRoleRequest__Output, _mosaic_v1_DeleteRoleResponse>;
  
  DrainHost: grpc.handleUnaryCall<_mosaic_v1_DrainHostRequest__Output, _mosaic_v1_DrainHostResponse>;
  
  Explain: grpc.handleUnaryCall<_mosaic_v1_ExplainRequest__Output, _mosaic_v1_ExplainResponse>;
  
  ForgetHost: grpc.handleUnaryCall<_mosaic_v1_ForgetHostRequest__Output, _mosaic_v1_ForgetHostResponse>;
  
  Freeze: grpc.handleUnaryCall<_mosaic_v1_FreezeRequest__Output, _mosaic_v1_FreezeResponse>;
  
  GetHost: grpc.handleUnaryCall<_mosaic_v1_GetHostRequest__Output, _mosaic_v1_GetHostResponse>;
  
  GetHostProfile: grpc.handleUnaryCall<_mosaic_v1_GetHostProfileRequest__Output, _mosaic_v1_GetHostProfileResponse>;
  
  GetOverview: grpc.handleUnaryCall<_mosaic_v1_GetOverviewRequest__Output, _mosaic_v1_GetOverviewResponse>;
  
  GetPlan: grpc.handleUnaryCall<_mosaic_v1_GetPlanRequest__Output, _mosaic_v1_GetPlanResponse>;
  
  GetTransition: grpc.handleUnaryCall<_mosaic_v1_GetTransitionRequest__Output, _mosaic_v1_GetTransitionResponse>;
  
  ListConditions: grpc.handleUnaryCall<_mosaic_v1_ListConditionsRequest__Output, _mosaic_v1_ListConditionsResponse>;
  
  ListDemands: grpc.handleUnaryCall<_mosaic_v1_ListDemandsRequest__Output, _mosaic_v1_ListDemandsResponse>;
  
  ListFrameworks: grpc.handleUnaryCall<_mosaic_v1_ListFrameworksRequest__Output, _mosaic_v1_ListFrameworksResponse>;
  
  ListFreezes: grpc.handleUnaryCall<_mosaic_v1_ListFreezesRequest__Output, _mosaic_v1_ListFreezesResponse>;
  
  ListHostProfiles: grpc.handleUnaryCall<_mosaic_v1_ListHostProfilesRequest__Output, _mosaic_v1_ListHostProfilesResponse>;
  
  ListHosts: grpc.handleUnaryCall<_mosaic_v1_ListHostsRequest__Output, _mosaic_v1_ListHostsResponse>;
  
  ListMaintenanceWindows: grpc.handleUnaryCall<_mosaic_v1_ListMaintenanceWindowsRequest__Output, _mosaic_v1_ListMaintenanceWindowsResponse>;
  
  ListOffers: grpc.handleUnaryCall<_mosaic_v1_ListOffersRequest__Output, _mosaic_v1_ListOffersResponse>;
  
  ListReservations: grpc.handleUnaryCall<_mosaic_v1_ListReservationsRequest__Output, _mosaic_v1_ListReservationsResponse>;
  
  ListRoles: grpc.handleUnaryCall<_mosaic_v1_ListRolesRequest__Output, _mosaic_v1_ListRolesResponse>;
  
  ListTasks: grpc.handleUnaryCall<_mosaic_v1_ListTasksRequest__Output, _mosaic_v1_ListTasksResponse>;
  
  ListTransitions: grpc.handleUnaryCall<_mosaic_v1_ListTransitionsRequest__Output, _mosaic_v1_ListTransitionsResponse>;
  
  MoveHost: grpc.handleUnaryCall<_mosaic_v1_MoveHostRequest__Output, _mosaic_v1_MoveHostResponse>;
  
  QuarantineHost: grpc.handleUnaryCall<_mosaic_v1_QuarantineHostRequest__Output, _mosaic_v1_QuarantineHostResponse>;
  
  RejectPlan: grpc.handleUnaryCall<_mosaic_v1_RejectPlanRequest__Output, _mosaic_v1_RejectPlanResponse>;
  
  ReleaseHost: grpc.handleUnaryCall<_mosaic_v1_ReleaseHostRequest__Output, _mosaic_v1_ReleaseHostResponse>;
  
  ReleasePeer: grpc.handleUnaryCall<_mosaic_v1_ReleasePeerRequest__Output, _mosaic_v1_ReleasePeerResponse>;
  
  ReserveCapacity: grpc.handleUnaryCall<_mosaic_v1_ReserveCapacityRequest__Output, _mosaic_v1_ReserveCapacityResponse>;
  
  ResetBreaker: grpc.handleUnaryCall<_mosaic_v1_ResetBreakerRequest__Output, _mosaic_v1_ResetBreakerResponse>;
  
  RetryMove: grpc.handleUnaryCall<_mosaic_v1_RetryMoveRequest__Output, _mosaic_v1_RetryMoveResponse>;
  
  SetHostProfile: grpc.handleUnaryCall<_mosaic_v1_SetHostProfileRequest__Output, _mosaic_v1_SetHostProfileResponse>;
  
  SetMaintenanceWindow: grpc.handleUnaryCall<_mosaic_v1_SetMaintenanceWindowRequest__Output, _mosaic_v1_SetMaintenanceWindowResponse>;
  
  SetPlanMode: grpc.handleUnaryCall<_mosaic_v1_SetPlanModeRequest__Output, _mosaic_v1_SetPlanModeResponse>;
  
  SetRole: grpc.handleUnaryCall<_mosaic_v1_SetRoleRequest__Output, _mosaic_v1_SetRoleResponse>;
  
  SetShape: grpc.handleUnaryCall<_mosaic_v1_SetShapeRequest__Output, _mosaic_v1_SetShapeResponse>;
  
  ShareHost: grpc.handleUnaryCall<_mosaic_v1_ShareHostRequest__Output, _mosaic_v1_ShareHostResponse>;
  
  TeardownFramework: grpc.handleUnaryCall<_mosaic_v1_TeardownFrameworkRequest__Output, _mosaic_v1_TeardownFrameworkResponse>;
  
  UncordonHost: grpc.handleUnaryCall<_mosaic_v1_UncordonHostRequest__Output, _mosaic_v1_UncordonHostResponse>;
  
  Unfreeze: grpc.handleUnaryCall<_mosaic_v1_UnfreezeRequest__Output, _mosaic_v1_UnfreezeResponse>;
  
  UnreserveCapacity: grpc.handleUnaryCall<_mosaic_v1_UnreserveCapacityRequest__Output, _mosaic_v1_UnreserveCapacityResponse>;
  
  Watch: grpc.handleServerStreamingCall<_mosaic_v1_WatchRequest__Output, _mosaic_v1_WatchResponse>;
  
}

export interface OperatorServiceDefinition extends grpc.ServiceDefinition {
  AdmitHost: MethodDefinition<_mosaic_v1_AdmitHostRequest, _mosaic_v1_AdmitHostResponse, _mosaic_v1_AdmitHostRequest__Output, _mosaic_v1_AdmitHostResponse__Output>
  Adopt: MethodDefinition<_mosaic_v1_AdoptRequest, _mosaic_v1_AdoptResponse, _mosaic_v1_AdoptRequest__Output, _mosaic_v1_AdoptResponse__Output>
  ApplyQuota: MethodDefinition<_mosaic_v1_ApplyQuotaRequest, _mosaic_v1_ApplyQuotaResponse, _mosaic_v1_ApplyQuotaRequest__Output, _mosaic_v1_ApplyQuotaResponse__Output>
  ApprovePlan: MethodDefinition<_mosaic_v1_ApprovePlanRequest, _mosaic_v1_ApprovePlanResponse, _mosaic_v1_ApprovePlanRequest__Output, _mosaic_v1_ApprovePlanResponse__Output>
  Audit: MethodDefinition<_mosaic_v1_AuditRequest, _mosaic_v1_AuditResponse, _mosaic_v1_AuditRequest__Output, _mosaic_v1_AuditResponse__Output>
  CancelDrain: MethodDefinition<_mosaic_v1_CancelDrainRequest, _mosaic_v1_CancelDrainResponse, _mosaic_v1_CancelDrainRequest__Output, _mosaic_v1_CancelDrainResponse__Output>
  CancelMove: MethodDefinition<_mosaic_v1_CancelMoveRequest, _mosaic_v1_CancelMoveResponse, _mosaic_v1_CancelMoveRequest__Output, _mosaic_v1_CancelMoveResponse__Output>
  ConfirmHostOff: MethodDefinition<_mosaic_v1_ConfirmHostOffRequest, _mosaic_v1_ConfirmHostOffResponse, _mosaic_v1_ConfirmHostOffRequest__Output, _mosaic_v1_ConfirmHostOffResponse__Output>
  CordonHost: MethodDefinition<_mosaic_v1_CordonHostRequest, _mosaic_v1_CordonHostResponse, _mosaic_v1_CordonHostRequest__Output, _mosaic_v1_CordonHostResponse__Output>
  DeleteHostProfile: MethodDefinition<_mosaic_v1_DeleteHostProfileRequest, _mosaic_v1_DeleteHostProfileResponse, _mosaic_v1_DeleteHostProfileRequest__Output, _mosaic_v1_DeleteHostProfileResponse__Output>
  DeleteMaintenanceWindow: MethodDefinition<_mosaic_v1_DeleteMaintenanceWindowRequest, _mosaic_v1_DeleteMaintenanceWindowResponse, _mosaic_v1_DeleteMaintenanceWindowRequest__Output, _mosaic_v1_DeleteMaintenanceWindowResponse__Output>
  DeleteRole: MethodDefinition<_mosaic_v1_DeleteRoleRequest, _mosaic_v1_DeleteRoleResponse, _mosaic_v1_DeleteRoleRequest__Output, _mosaic_v1_DeleteRoleResponse__Output>
  DrainHost: MethodDefinition<_mosaic_v1_DrainHostRequest, _mosaic_v1_DrainHostResponse, _mosaic_v1_DrainHostRequest__Output, _mosaic_v1_DrainHostResponse__Output>
  Explain: MethodDefinition<_mosaic_v1_ExplainRequest, _mosaic_v1_ExplainResponse, _mosaic_v1_ExplainRequest__Output, _mosaic_v1_ExplainResponse__Output>
  ForgetHost: MethodDefinition<_mosaic_v1_ForgetHostRequest, _mosaic_v1_ForgetHostResponse, _mosaic_v1_ForgetHostRequest__Output, _mosaic_v1_ForgetHostResponse__Output>
  Freeze: MethodDefinition<_mosaic_v1_FreezeRequest, _mosaic_v1_FreezeResponse, _mosaic_v1_FreezeRequest__Output, _mosaic_v1_FreezeResponse__Output>
  GetHost: MethodDefinition<_mosaic_v1_GetHostRequest, _mosaic_v1_GetHostResponse, _mosaic_v1_GetHostRequest__Output, _mosaic_v1_GetHostResponse__Output>
  GetHostProfile: MethodDefinition<_mosaic_v1_GetHostProfileRequest, _mosaic_v1_GetHostProfileResponse, _mosaic_v1_GetHostProfileRequest__Output, _mosaic_v1_GetHostProfileResponse__Output>
  GetOverview: MethodDefinition<_mosaic_v1_GetOverviewRequest, _mosaic_v1_GetOverviewResponse, _mosaic_v1_GetOverviewRequest__Output, _mosaic_v1_GetOverviewResponse__Output>
  GetPlan: MethodDefinition<_mosaic_v1_GetPlanRequest, _mosaic_v1_GetPlanResponse, _mosaic_v1_GetPlanRequest__Output, _mosaic_v1_GetPlanResponse__Output>
  GetTransition: MethodDefinition<_mosaic_v1_GetTransitionRequest, _mosaic_v1_GetTransitionResponse, _mosaic_v1_GetTransitionRequest__Output, _mosaic_v1_GetTransitionResponse__Output>
  ListConditions: MethodDefinition<_mosaic_v1_ListConditionsRequest, _mosaic_v1_ListConditionsResponse, _mosaic_v1_ListConditionsRequest__Output, _mosaic_v1_ListConditionsResponse__Output>
  ListDemands: MethodDefinition<_mosaic_v1_ListDemandsRequest, _mosaic_v1_ListDemandsResponse, _mosaic_v1_ListDemandsRequest__Output, _mosaic_v1_ListDemandsResponse__Output>
  ListFrameworks: MethodDefinition<_mosaic_v1_ListFrameworksRequest, _mosaic_v1_ListFrameworksResponse, _mosaic_v1_ListFrameworksRequest__Output, _mosaic_v1_ListFrameworksResponse__Output>
  ListFreezes: MethodDefinition<_mosaic_v1_ListFreezesRequest, _mosaic_v1_ListFreezesResponse, _mosaic_v1_ListFreezesRequest__Output, _mosaic_v1_ListFreezesResponse__Output>
  ListHostProfiles: MethodDefinition<_mosaic_v1_ListHostProfilesRequest, _mosaic_v1_ListHostProfilesResponse, _mosaic_v1_ListHostProfilesRequest__Output, _mosaic_v1_ListHostProfilesResponse__Output>
  ListHosts: MethodDefinition<_mosaic_v1_ListHostsRequest, _mosaic_v1_ListHostsResponse, _mosaic_v1_ListHostsRequest__Output, _mosaic_v1_ListHostsResponse__Output>
  ListMaintenanceWindows: MethodDefinition<_mosaic_v1_ListMaintenanceWindowsRequest, _mosaic_v1_ListMaintenanceWindowsResponse, _mosaic_v1_ListMaintenanceWindowsRequest__Output, _mosaic_v1_ListMaintenanceWindowsResponse__Output>
  ListOffers: MethodDefinition<_mosaic_v1_ListOffersRequest, _mosaic_v1_ListOffersResponse, _mosaic_v1_ListOffersRequest__Output, _mosaic_v1_ListOffersResponse__Output>
  ListReservations: MethodDefinition<_mosaic_v1_ListReservationsRequest, _mosaic_v1_ListReservationsResponse, _mosaic_v1_ListReservationsRequest__Output, _mosaic_v1_ListReservationsResponse__Output>
  ListRoles: MethodDefinition<_mosaic_v1_ListRolesRequest, _mosaic_v1_ListRolesResponse, _mosaic_v1_ListRolesRequest__Output, _mosaic_v1_ListRolesResponse__Output>
  ListTasks: MethodDefinition<_mosaic_v1_ListTasksRequest, _mosaic_v1_ListTasksResponse, _mosaic_v1_ListTasksRequest__Output, _mosaic_v1_ListTasksResponse__Output>
  ListTransitions: MethodDefinition<_mosaic_v1_ListTransitionsRequest, _mosaic_v1_ListTransitionsResponse, _mosaic_v1_ListTransitionsRequest__Output, _mosaic_v1_ListTransitionsResponse__Output>
  MoveHost: MethodDefinition<_mosaic_v1_MoveHostRequest, _mosaic_v1_MoveHostResponse, _mosaic_v1_MoveHostRequest__Output, _mosaic_v1_MoveHostResponse__Output>
  QuarantineHost: MethodDefinition<_mosaic_v1_QuarantineHostRequest, _mosaic_v1_QuarantineHostResponse, _mosaic_v1_QuarantineHostRequest__Output, _mosaic_v1_QuarantineHostResponse__Output>
  RejectPlan: MethodDefinition<_mosaic_v1_RejectPlanRequest, _mosaic_v1_RejectPlanResponse, _mosaic_v1_RejectPlanRequest__Output, _mosaic_v1_RejectPlanResponse__Output>
  ReleaseHost: MethodDefinition<_mosaic_v1_ReleaseHostRequest, _mosaic_v1_ReleaseHostResponse, _mosaic_v1_ReleaseHostRequest__Output, _mosaic_v1_ReleaseHostResponse__Output>
  ReleasePeer: MethodDefinition<_mosaic_v1_ReleasePeerRequest, _mosaic_v1_ReleasePeerResponse, _mosaic_v1_ReleasePeerRequest__Output, _mosaic_v1_ReleasePeerResponse__Output>
  ReserveCapacity: MethodDefinition<_mosaic_v1_ReserveCapacityRequest, _mosaic_v1_ReserveCapacityResponse, _mosaic_v1_ReserveCapacityRequest__Output, _mosaic_v1_ReserveCapacityResponse__Output>
  ResetBreaker: MethodDefinition<_mosaic_v1_ResetBreakerRequest, _mosaic_v1_ResetBreakerResponse, _mosaic_v1_ResetBreakerRequest__Output, _mosaic_v1_ResetBreakerResponse__Output>
  RetryMove: MethodDefinition<_mosaic_v1_RetryMoveRequest, _mosaic_v1_RetryMoveResponse, _mosaic_v1_RetryMoveRequest__Output, _mosaic_v1_RetryMoveResponse__Output>
  SetHostProfile: MethodDefinition<_mosaic_v1_SetHostProfileRequest, _mosaic_v1_SetHostProfileResponse, _mosaic_v1_SetHostProfileRequest__Output, _mosaic_v1_SetHostProfileResponse__Output>
  SetMaintenanceWindow: MethodDefinition<_mosaic_v1_SetMaintenanceWindowRequest, _mosaic_v1_SetMaintenanceWindowResponse, _mosaic_v1_SetMaintenanceWindowRequest__Output, _mosaic_v1_SetMaintenanceWindowResponse__Output>
  SetPlanMode: MethodDefinition<_mosaic_v1_SetPlanModeRequest, _mosaic_v1_SetPlanModeResponse, _mosaic_v1_SetPlanModeRequest__Output, _mosaic_v1_SetPlanModeResponse__Output>
  SetRole: MethodDefinition<_mosaic_v1_SetRoleRequest, _mosaic_v1_SetRoleResponse, _mosaic_v1_SetRoleRequest__Output, _mosaic_v1_SetRoleResponse__Output>
  SetShape: MethodDefinition<_mosaic_v1_SetShapeRequest, _mosaic_v1_SetShapeResponse, _mosaic_v1_SetShapeRequest__Output, _mosaic_v1_SetShapeResponse__Output>
  ShareHost: MethodDefinition<_mosaic_v1_ShareHostRequest, _mosaic_v1_ShareHostResponse, _mosaic_v1_ShareHostRequest__Output, _mosaic_v1_ShareHostResponse__Output>
  TeardownFramework: MethodDefinition<_mosaic_v1_TeardownFrameworkRequest, _mosaic_v1_TeardownFrameworkResponse, _mosaic_v1_TeardownFrameworkRequest__Output, _mosaic_v1_TeardownFrameworkResponse__Output>
  UncordonHost: MethodDefinition<_mosaic_v1_UncordonHostRequest, _mosaic_v1_UncordonHostResponse, _mosaic_v1_UncordonHostRequest__Output, _mosaic_v1_UncordonHostResponse__Output>
  Unfreeze: MethodDefinition<_mosaic_v1_UnfreezeRequest, _mosaic_v1_UnfreezeResponse, _mosaic_v1_UnfreezeRequest__Output, _mosaic_v1_UnfreezeResponse__Output>
  UnreserveCapacity: MethodDefinition<_mosaic_v1_UnreserveCapacityRequest, _mosaic_v1_UnreserveCapacityResponse, _mosaic_v1_UnreserveCapacityRequest__Output, _mosaic_v1_UnreserveCapacityResponse__Output>
  Watch: MethodDefinition<_mosaic_v1_WatchRequest, _mosaic_v1_WatchResponse, _mosaic_v1_WatchRequest__Output, _mosaic_v1_WatchResponse__Output>
}
