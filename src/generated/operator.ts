import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Ack as _mosaic_v1_Ack, Ack__Output as _mosaic_v1_Ack__Output } from './mosaic/v1/Ack.js';
import type { AdmitHostRequest as _mosaic_v1_AdmitHostRequest, AdmitHostRequest__Output as _mosaic_v1_AdmitHostRequest__Output } from './mosaic/v1/AdmitHostRequest.js';
import type { AdmitHostResponse as _mosaic_v1_AdmitHostResponse, AdmitHostResponse__Output as _mosaic_v1_AdmitHostResponse__Output } from './mosaic/v1/AdmitHostResponse.js';
import type { AdoptRequest as _mosaic_v1_AdoptRequest, AdoptRequest__Output as _mosaic_v1_AdoptRequest__Output } from './mosaic/v1/AdoptRequest.js';
import type { AdoptResponse as _mosaic_v1_AdoptResponse, AdoptResponse__Output as _mosaic_v1_AdoptResponse__Output } from './mosaic/v1/AdoptResponse.js';
import type { ApplyQuotaRequest as _mosaic_v1_ApplyQuotaRequest, ApplyQuotaRequest__Output as _mosaic_v1_ApplyQuotaRequest__Output } from './mosaic/v1/ApplyQuotaRequest.js';
import type { ApplyQuotaResponse as _mosaic_v1_ApplyQuotaResponse, ApplyQuotaResponse__Output as _mosaic_v1_ApplyQuotaResponse__Output } from './mosaic/v1/ApplyQuotaResponse.js';
import type { ApprovePlanRequest as _mosaic_v1_ApprovePlanRequest, ApprovePlanRequest__Output as _mosaic_v1_ApprovePlanRequest__Output } from './mosaic/v1/ApprovePlanRequest.js';
import type { ApprovePlanResponse as _mosaic_v1_ApprovePlanResponse, ApprovePlanResponse__Output as _mosaic_v1_ApprovePlanResponse__Output } from './mosaic/v1/ApprovePlanResponse.js';
import type { AuditRequest as _mosaic_v1_AuditRequest, AuditRequest__Output as _mosaic_v1_AuditRequest__Output } from './mosaic/v1/AuditRequest.js';
import type { AuditResponse as _mosaic_v1_AuditResponse, AuditResponse__Output as _mosaic_v1_AuditResponse__Output } from './mosaic/v1/AuditResponse.js';
import type { Blocker as _mosaic_v1_Blocker, Blocker__Output as _mosaic_v1_Blocker__Output } from './mosaic/v1/Blocker.js';
import type { Bookmark as _mosaic_v1_Bookmark, Bookmark__Output as _mosaic_v1_Bookmark__Output } from './mosaic/v1/Bookmark.js';
import type { CallWebhook as _mosaic_v1_CallWebhook, CallWebhook__Output as _mosaic_v1_CallWebhook__Output } from './mosaic/v1/CallWebhook.js';
import type { CancelDrainRequest as _mosaic_v1_CancelDrainRequest, CancelDrainRequest__Output as _mosaic_v1_CancelDrainRequest__Output } from './mosaic/v1/CancelDrainRequest.js';
import type { CancelDrainResponse as _mosaic_v1_CancelDrainResponse, CancelDrainResponse__Output as _mosaic_v1_CancelDrainResponse__Output } from './mosaic/v1/CancelDrainResponse.js';
import type { CancelMoveRequest as _mosaic_v1_CancelMoveRequest, CancelMoveRequest__Output as _mosaic_v1_CancelMoveRequest__Output } from './mosaic/v1/CancelMoveRequest.js';
import type { CancelMoveResponse as _mosaic_v1_CancelMoveResponse, CancelMoveResponse__Output as _mosaic_v1_CancelMoveResponse__Output } from './mosaic/v1/CancelMoveResponse.js';
import type { CommandReply as _mosaic_v1_CommandReply, CommandReply__Output as _mosaic_v1_CommandReply__Output } from './mosaic/v1/CommandReply.js';
import type { Condition as _mosaic_v1_Condition, Condition__Output as _mosaic_v1_Condition__Output } from './mosaic/v1/Condition.js';
import type { ConfirmHostOffRequest as _mosaic_v1_ConfirmHostOffRequest, ConfirmHostOffRequest__Output as _mosaic_v1_ConfirmHostOffRequest__Output } from './mosaic/v1/ConfirmHostOffRequest.js';
import type { ConfirmHostOffResponse as _mosaic_v1_ConfirmHostOffResponse, ConfirmHostOffResponse__Output as _mosaic_v1_ConfirmHostOffResponse__Output } from './mosaic/v1/ConfirmHostOffResponse.js';
import type { Constraint as _mosaic_v1_Constraint, Constraint__Output as _mosaic_v1_Constraint__Output } from './mosaic/v1/Constraint.js';
import type { CordonHostRequest as _mosaic_v1_CordonHostRequest, CordonHostRequest__Output as _mosaic_v1_CordonHostRequest__Output } from './mosaic/v1/CordonHostRequest.js';
import type { CordonHostResponse as _mosaic_v1_CordonHostResponse, CordonHostResponse__Output as _mosaic_v1_CordonHostResponse__Output } from './mosaic/v1/CordonHostResponse.js';
import type { Decision as _mosaic_v1_Decision, Decision__Output as _mosaic_v1_Decision__Output } from './mosaic/v1/Decision.js';
import type { DeleteHostProfileRequest as _mosaic_v1_DeleteHostProfileRequest, DeleteHostProfileRequest__Output as _mosaic_v1_DeleteHostProfileRequest__Output } from './mosaic/v1/DeleteHostProfileRequest.js';
import type { DeleteHostProfileResponse as _mosaic_v1_DeleteHostProfileResponse, DeleteHostProfileResponse__Output as _mosaic_v1_DeleteHostProfileResponse__Output } from './mosaic/v1/DeleteHostProfileResponse.js';
import type { DeleteMaintenanceWindowRequest as _mosaic_v1_DeleteMaintenanceWindowRequest, DeleteMaintenanceWindowRequest__Output as _mosaic_v1_DeleteMaintenanceWindowRequest__Output } from './mosaic/v1/DeleteMaintenanceWindowRequest.js';
import type { DeleteMaintenanceWindowResponse as _mosaic_v1_DeleteMaintenanceWindowResponse, DeleteMaintenanceWindowResponse__Output as _mosaic_v1_DeleteMaintenanceWindowResponse__Output } from './mosaic/v1/DeleteMaintenanceWindowResponse.js';
import type { DeleteRoleRequest as _mosaic_v1_DeleteRoleRequest, DeleteRoleRequest__Output as _mosaic_v1_DeleteRoleRequest__Output } from './mosaic/v1/DeleteRoleRequest.js';
import type { DeleteRoleResponse as _mosaic_v1_DeleteRoleResponse, DeleteRoleResponse__Output as _mosaic_v1_DeleteRoleResponse__Output } from './mosaic/v1/DeleteRoleResponse.js';
import type { DemandStatus as _mosaic_v1_DemandStatus, DemandStatus__Output as _mosaic_v1_DemandStatus__Output } from './mosaic/v1/DemandStatus.js';
import type { DrainHostRequest as _mosaic_v1_DrainHostRequest, DrainHostRequest__Output as _mosaic_v1_DrainHostRequest__Output } from './mosaic/v1/DrainHostRequest.js';
import type { DrainHostResponse as _mosaic_v1_DrainHostResponse, DrainHostResponse__Output as _mosaic_v1_DrainHostResponse__Output } from './mosaic/v1/DrainHostResponse.js';
import type { ExplainRequest as _mosaic_v1_ExplainRequest, ExplainRequest__Output as _mosaic_v1_ExplainRequest__Output } from './mosaic/v1/ExplainRequest.js';
import type { ExplainResponse as _mosaic_v1_ExplainResponse, ExplainResponse__Output as _mosaic_v1_ExplainResponse__Output } from './mosaic/v1/ExplainResponse.js';
import type { FaultDomain as _mosaic_v1_FaultDomain, FaultDomain__Output as _mosaic_v1_FaultDomain__Output } from './mosaic/v1/FaultDomain.js';
import type { FieldValue as _mosaic_v1_FieldValue, FieldValue__Output as _mosaic_v1_FieldValue__Output } from './mosaic/v1/FieldValue.js';
import type { ForgetHostRequest as _mosaic_v1_ForgetHostRequest, ForgetHostRequest__Output as _mosaic_v1_ForgetHostRequest__Output } from './mosaic/v1/ForgetHostRequest.js';
import type { ForgetHostResponse as _mosaic_v1_ForgetHostResponse, ForgetHostResponse__Output as _mosaic_v1_ForgetHostResponse__Output } from './mosaic/v1/ForgetHostResponse.js';
import type { Framework as _mosaic_v1_Framework, Framework__Output as _mosaic_v1_Framework__Output } from './mosaic/v1/Framework.js';
import type { FreezeRequest as _mosaic_v1_FreezeRequest, FreezeRequest__Output as _mosaic_v1_FreezeRequest__Output } from './mosaic/v1/FreezeRequest.js';
import type { FreezeResponse as _mosaic_v1_FreezeResponse, FreezeResponse__Output as _mosaic_v1_FreezeResponse__Output } from './mosaic/v1/FreezeResponse.js';
import type { FrozenScope as _mosaic_v1_FrozenScope, FrozenScope__Output as _mosaic_v1_FrozenScope__Output } from './mosaic/v1/FrozenScope.js';
import type { GetHostProfileRequest as _mosaic_v1_GetHostProfileRequest, GetHostProfileRequest__Output as _mosaic_v1_GetHostProfileRequest__Output } from './mosaic/v1/GetHostProfileRequest.js';
import type { GetHostProfileResponse as _mosaic_v1_GetHostProfileResponse, GetHostProfileResponse__Output as _mosaic_v1_GetHostProfileResponse__Output } from './mosaic/v1/GetHostProfileResponse.js';
import type { GetHostRequest as _mosaic_v1_GetHostRequest, GetHostRequest__Output as _mosaic_v1_GetHostRequest__Output } from './mosaic/v1/GetHostRequest.js';
import type { GetHostResponse as _mosaic_v1_GetHostResponse, GetHostResponse__Output as _mosaic_v1_GetHostResponse__Output } from './mosaic/v1/GetHostResponse.js';
import type { GetOverviewRequest as _mosaic_v1_GetOverviewRequest, GetOverviewRequest__Output as _mosaic_v1_GetOverviewRequest__Output } from './mosaic/v1/GetOverviewRequest.js';
import type { GetOverviewResponse as _mosaic_v1_GetOverviewResponse, GetOverviewResponse__Output as _mosaic_v1_GetOverviewResponse__Output } from './mosaic/v1/GetOverviewResponse.js';
import type { GetPlanRequest as _mosaic_v1_GetPlanRequest, GetPlanRequest__Output as _mosaic_v1_GetPlanRequest__Output } from './mosaic/v1/GetPlanRequest.js';
import type { GetPlanResponse as _mosaic_v1_GetPlanResponse, GetPlanResponse__Output as _mosaic_v1_GetPlanResponse__Output } from './mosaic/v1/GetPlanResponse.js';
import type { GetTransitionRequest as _mosaic_v1_GetTransitionRequest, GetTransitionRequest__Output as _mosaic_v1_GetTransitionRequest__Output } from './mosaic/v1/GetTransitionRequest.js';
import type { GetTransitionResponse as _mosaic_v1_GetTransitionResponse, GetTransitionResponse__Output as _mosaic_v1_GetTransitionResponse__Output } from './mosaic/v1/GetTransitionResponse.js';
import type { GoingAway as _mosaic_v1_GoingAway, GoingAway__Output as _mosaic_v1_GoingAway__Output } from './mosaic/v1/GoingAway.js';
import type { Heartbeat as _mosaic_v1_Heartbeat, Heartbeat__Output as _mosaic_v1_Heartbeat__Output } from './mosaic/v1/Heartbeat.js';
import type { Holder as _mosaic_v1_Holder, Holder__Output as _mosaic_v1_Holder__Output } from './mosaic/v1/Holder.js';
import type { Host as _mosaic_v1_Host, Host__Output as _mosaic_v1_Host__Output } from './mosaic/v1/Host.js';
import type { HostDrain as _mosaic_v1_HostDrain, HostDrain__Output as _mosaic_v1_HostDrain__Output } from './mosaic/v1/HostDrain.js';
import type { HostIdentity as _mosaic_v1_HostIdentity, HostIdentity__Output as _mosaic_v1_HostIdentity__Output } from './mosaic/v1/HostIdentity.js';
import type { HostProfile as _mosaic_v1_HostProfile, HostProfile__Output as _mosaic_v1_HostProfile__Output } from './mosaic/v1/HostProfile.js';
import type { LeaveForecast as _mosaic_v1_LeaveForecast, LeaveForecast__Output as _mosaic_v1_LeaveForecast__Output } from './mosaic/v1/LeaveForecast.js';
import type { ListConditionsRequest as _mosaic_v1_ListConditionsRequest, ListConditionsRequest__Output as _mosaic_v1_ListConditionsRequest__Output } from './mosaic/v1/ListConditionsRequest.js';
import type { ListConditionsResponse as _mosaic_v1_ListConditionsResponse, ListConditionsResponse__Output as _mosaic_v1_ListConditionsResponse__Output } from './mosaic/v1/ListConditionsResponse.js';
import type { ListDemandsRequest as _mosaic_v1_ListDemandsRequest, ListDemandsRequest__Output as _mosaic_v1_ListDemandsRequest__Output } from './mosaic/v1/ListDemandsRequest.js';
import type { ListDemandsResponse as _mosaic_v1_ListDemandsResponse, ListDemandsResponse__Output as _mosaic_v1_ListDemandsResponse__Output } from './mosaic/v1/ListDemandsResponse.js';
import type { ListFrameworksRequest as _mosaic_v1_ListFrameworksRequest, ListFrameworksRequest__Output as _mosaic_v1_ListFrameworksRequest__Output } from './mosaic/v1/ListFrameworksRequest.js';
import type { ListFrameworksResponse as _mosaic_v1_ListFrameworksResponse, ListFrameworksResponse__Output as _mosaic_v1_ListFrameworksResponse__Output } from './mosaic/v1/ListFrameworksResponse.js';
import type { ListFreezesRequest as _mosaic_v1_ListFreezesRequest, ListFreezesRequest__Output as _mosaic_v1_ListFreezesRequest__Output } from './mosaic/v1/ListFreezesRequest.js';
import type { ListFreezesResponse as _mosaic_v1_ListFreezesResponse, ListFreezesResponse__Output as _mosaic_v1_ListFreezesResponse__Output } from './mosaic/v1/ListFreezesResponse.js';
import type { ListHostProfilesRequest as _mosaic_v1_ListHostProfilesRequest, ListHostProfilesRequest__Output as _mosaic_v1_ListHostProfilesRequest__Output } from './mosaic/v1/ListHostProfilesRequest.js';
import type { ListHostProfilesResponse as _mosaic_v1_ListHostProfilesResponse, ListHostProfilesResponse__Output as _mosaic_v1_ListHostProfilesResponse__Output } from './mosaic/v1/ListHostProfilesResponse.js';
import type { ListHostsRequest as _mosaic_v1_ListHostsRequest, ListHostsRequest__Output as _mosaic_v1_ListHostsRequest__Output } from './mosaic/v1/ListHostsRequest.js';
import type { ListHostsResponse as _mosaic_v1_ListHostsResponse, ListHostsResponse__Output as _mosaic_v1_ListHostsResponse__Output } from './mosaic/v1/ListHostsResponse.js';
import type { ListMaintenanceWindowsRequest as _mosaic_v1_ListMaintenanceWindowsRequest, ListMaintenanceWindowsRequest__Output as _mosaic_v1_ListMaintenanceWindowsRequest__Output } from './mosaic/v1/ListMaintenanceWindowsRequest.js';
import type { ListMaintenanceWindowsResponse as _mosaic_v1_ListMaintenanceWindowsResponse, ListMaintenanceWindowsResponse__Output as _mosaic_v1_ListMaintenanceWindowsResponse__Output } from './mosaic/v1/ListMaintenanceWindowsResponse.js';
import type { ListOffersRequest as _mosaic_v1_ListOffersRequest, ListOffersRequest__Output as _mosaic_v1_ListOffersRequest__Output } from './mosaic/v1/ListOffersRequest.js';
import type { ListOffersResponse as _mosaic_v1_ListOffersResponse, ListOffersResponse__Output as _mosaic_v1_ListOffersResponse__Output } from './mosaic/v1/ListOffersResponse.js';
import type { ListReservationsRequest as _mosaic_v1_ListReservationsRequest, ListReservationsRequest__Output as _mosaic_v1_ListReservationsRequest__Output } from './mosaic/v1/ListReservationsRequest.js';
import type { ListReservationsResponse as _mosaic_v1_ListReservationsResponse, ListReservationsResponse__Output as _mosaic_v1_ListReservationsResponse__Output } from './mosaic/v1/ListReservationsResponse.js';
import type { ListRolesRequest as _mosaic_v1_ListRolesRequest, ListRolesRequest__Output as _mosaic_v1_ListRolesRequest__Output } from './mosaic/v1/ListRolesRequest.js';
import type { ListRolesResponse as _mosaic_v1_ListRolesResponse, ListRolesResponse__Output as _mosaic_v1_ListRolesResponse__Output } from './mosaic/v1/ListRolesResponse.js';
import type { ListTasksRequest as _mosaic_v1_ListTasksRequest, ListTasksRequest__Output as _mosaic_v1_ListTasksRequest__Output } from './mosaic/v1/ListTasksRequest.js';
import type { ListTasksResponse as _mosaic_v1_ListTasksResponse, ListTasksResponse__Output as _mosaic_v1_ListTasksResponse__Output } from './mosaic/v1/ListTasksResponse.js';
import type { ListTransitionsRequest as _mosaic_v1_ListTransitionsRequest, ListTransitionsRequest__Output as _mosaic_v1_ListTransitionsRequest__Output } from './mosaic/v1/ListTransitionsRequest.js';
import type { ListTransitionsResponse as _mosaic_v1_ListTransitionsResponse, ListTransitionsResponse__Output as _mosaic_v1_ListTransitionsResponse__Output } from './mosaic/v1/ListTransitionsResponse.js';
import type { MaintenanceWindow as _mosaic_v1_MaintenanceWindow, MaintenanceWindow__Output as _mosaic_v1_MaintenanceWindow__Output } from './mosaic/v1/MaintenanceWindow.js';
import type { MoveHostRequest as _mosaic_v1_MoveHostRequest, MoveHostRequest__Output as _mosaic_v1_MoveHostRequest__Output } from './mosaic/v1/MoveHostRequest.js';
import type { MoveHostResponse as _mosaic_v1_MoveHostResponse, MoveHostResponse__Output as _mosaic_v1_MoveHostResponse__Output } from './mosaic/v1/MoveHostResponse.js';
import type { Need as _mosaic_v1_Need, Need__Output as _mosaic_v1_Need__Output } from './mosaic/v1/Need.js';
import type { ObservedHost as _mosaic_v1_ObservedHost, ObservedHost__Output as _mosaic_v1_ObservedHost__Output } from './mosaic/v1/ObservedHost.js';
import type { OpenOffer as _mosaic_v1_OpenOffer, OpenOffer__Output as _mosaic_v1_OpenOffer__Output } from './mosaic/v1/OpenOffer.js';
import type { OperatorServiceClient as _mosaic_v1_OperatorServiceClient, OperatorServiceDefinition as _mosaic_v1_OperatorServiceDefinition } from './mosaic/v1/OperatorService.js';
import type { Overview as _mosaic_v1_Overview, Overview__Output as _mosaic_v1_Overview__Output } from './mosaic/v1/Overview.js';
import type { Owner as _mosaic_v1_Owner, Owner__Output as _mosaic_v1_Owner__Output } from './mosaic/v1/Owner.js';
import type { PageRequest as _mosaic_v1_PageRequest, PageRequest__Output as _mosaic_v1_PageRequest__Output } from './mosaic/v1/PageRequest.js';
import type { Plan as _mosaic_v1_Plan, Plan__Output as _mosaic_v1_Plan__Output } from './mosaic/v1/Plan.js';
import type { PlannedMove as _mosaic_v1_PlannedMove, PlannedMove__Output as _mosaic_v1_PlannedMove__Output } from './mosaic/v1/PlannedMove.js';
import type { PortRange as _mosaic_v1_PortRange, PortRange__Output as _mosaic_v1_PortRange__Output } from './mosaic/v1/PortRange.js';
import type { ProfileStep as _mosaic_v1_ProfileStep, ProfileStep__Output as _mosaic_v1_ProfileStep__Output } from './mosaic/v1/ProfileStep.js';
import type { Quantities as _mosaic_v1_Quantities, Quantities__Output as _mosaic_v1_Quantities__Output } from './mosaic/v1/Quantities.js';
import type { QuarantineHostRequest as _mosaic_v1_QuarantineHostRequest, QuarantineHostRequest__Output as _mosaic_v1_QuarantineHostRequest__Output } from './mosaic/v1/QuarantineHostRequest.js';
import type { QuarantineHostResponse as _mosaic_v1_QuarantineHostResponse, QuarantineHostResponse__Output as _mosaic_v1_QuarantineHostResponse__Output } from './mosaic/v1/QuarantineHostResponse.js';
import type { RebaseImage as _mosaic_v1_RebaseImage, RebaseImage__Output as _mosaic_v1_RebaseImage__Output } from './mosaic/v1/RebaseImage.js';
import type { Reboot as _mosaic_v1_Reboot, Reboot__Output as _mosaic_v1_Reboot__Output } from './mosaic/v1/Reboot.js';
import type { ReclaimPolicy as _mosaic_v1_ReclaimPolicy, ReclaimPolicy__Output as _mosaic_v1_ReclaimPolicy__Output } from './mosaic/v1/ReclaimPolicy.js';
import type { Refused as _mosaic_v1_Refused, Refused__Output as _mosaic_v1_Refused__Output } from './mosaic/v1/Refused.js';
import type { RejectPlanRequest as _mosaic_v1_RejectPlanRequest, RejectPlanRequest__Output as _mosaic_v1_RejectPlanRequest__Output } from './mosaic/v1/RejectPlanRequest.js';
import type { RejectPlanResponse as _mosaic_v1_RejectPlanResponse, RejectPlanResponse__Output as _mosaic_v1_RejectPlanResponse__Output } from './mosaic/v1/RejectPlanResponse.js';
import type { ReleaseHostRequest as _mosaic_v1_ReleaseHostRequest, ReleaseHostRequest__Output as _mosaic_v1_ReleaseHostRequest__Output } from './mosaic/v1/ReleaseHostRequest.js';
import type { ReleaseHostResponse as _mosaic_v1_ReleaseHostResponse, ReleaseHostResponse__Output as _mosaic_v1_ReleaseHostResponse__Output } from './mosaic/v1/ReleaseHostResponse.js';
import type { ReleasePeerRequest as _mosaic_v1_ReleasePeerRequest, ReleasePeerRequest__Output as _mosaic_v1_ReleasePeerRequest__Output } from './mosaic/v1/ReleasePeerRequest.js';
import type { ReleasePeerResponse as _mosaic_v1_ReleasePeerResponse, ReleasePeerResponse__Output as _mosaic_v1_ReleasePeerResponse__Output } from './mosaic/v1/ReleasePeerResponse.js';
import type { Reservation as _mosaic_v1_Reservation, Reservation__Output as _mosaic_v1_Reservation__Output } from './mosaic/v1/Reservation.js';
import type { ReserveCapacityRequest as _mosaic_v1_ReserveCapacityRequest, ReserveCapacityRequest__Output as _mosaic_v1_ReserveCapacityRequest__Output } from './mosaic/v1/ReserveCapacityRequest.js';
import type { ReserveCapacityResponse as _mosaic_v1_ReserveCapacityResponse, ReserveCapacityResponse__Output as _mosaic_v1_ReserveCapacityResponse__Output } from './mosaic/v1/ReserveCapacityResponse.js';
import type { ResetBreakerRequest as _mosaic_v1_ResetBreakerRequest, ResetBreakerRequest__Output as _mosaic_v1_ResetBreakerRequest__Output } from './mosaic/v1/ResetBreakerRequest.js';
import type { ResetBreakerResponse as _mosaic_v1_ResetBreakerResponse, ResetBreakerResponse__Output as _mosaic_v1_ResetBreakerResponse__Output } from './mosaic/v1/ResetBreakerResponse.js';
import type { Resources as _mosaic_v1_Resources, Resources__Output as _mosaic_v1_Resources__Output } from './mosaic/v1/Resources.js';
import type { RetryMoveRequest as _mosaic_v1_RetryMoveRequest, RetryMoveRequest__Output as _mosaic_v1_RetryMoveRequest__Output } from './mosaic/v1/RetryMoveRequest.js';
import type { RetryMoveResponse as _mosaic_v1_RetryMoveResponse, RetryMoveResponse__Output as _mosaic_v1_RetryMoveResponse__Output } from './mosaic/v1/RetryMoveResponse.js';
import type { Role as _mosaic_v1_Role, Role__Output as _mosaic_v1_Role__Output } from './mosaic/v1/Role.js';
import type { RoleChange as _mosaic_v1_RoleChange, RoleChange__Output as _mosaic_v1_RoleChange__Output } from './mosaic/v1/RoleChange.js';
import type { RoleEdit as _mosaic_v1_RoleEdit, RoleEdit__Output as _mosaic_v1_RoleEdit__Output } from './mosaic/v1/RoleEdit.js';
import type { RunCommand as _mosaic_v1_RunCommand, RunCommand__Output as _mosaic_v1_RunCommand__Output } from './mosaic/v1/RunCommand.js';
import type { RunContainer as _mosaic_v1_RunContainer, RunContainer__Output as _mosaic_v1_RunContainer__Output } from './mosaic/v1/RunContainer.js';
import type { SessionOpening as _mosaic_v1_SessionOpening, SessionOpening__Output as _mosaic_v1_SessionOpening__Output } from './mosaic/v1/SessionOpening.js';
import type { SetHostProfileRequest as _mosaic_v1_SetHostProfileRequest, SetHostProfileRequest__Output as _mosaic_v1_SetHostProfileRequest__Output } from './mosaic/v1/SetHostProfileRequest.js';
import type { SetHostProfileResponse as _mosaic_v1_SetHostProfileResponse, SetHostProfileResponse__Output as _mosaic_v1_SetHostProfileResponse__Output } from './mosaic/v1/SetHostProfileResponse.js';
import type { SetMaintenanceWindowRequest as _mosaic_v1_SetMaintenanceWindowRequest, SetMaintenanceWindowRequest__Output as _mosaic_v1_SetMaintenanceWindowRequest__Output } from './mosaic/v1/SetMaintenanceWindowRequest.js';
import type { SetMaintenanceWindowResponse as _mosaic_v1_SetMaintenanceWindowResponse, SetMaintenanceWindowResponse__Output as _mosaic_v1_SetMaintenanceWindowResponse__Output } from './mosaic/v1/SetMaintenanceWindowResponse.js';
import type { SetPlanModeRequest as _mosaic_v1_SetPlanModeRequest, SetPlanModeRequest__Output as _mosaic_v1_SetPlanModeRequest__Output } from './mosaic/v1/SetPlanModeRequest.js';
import type { SetPlanModeResponse as _mosaic_v1_SetPlanModeResponse, SetPlanModeResponse__Output as _mosaic_v1_SetPlanModeResponse__Output } from './mosaic/v1/SetPlanModeResponse.js';
import type { SetRoleRequest as _mosaic_v1_SetRoleRequest, SetRoleRequest__Output as _mosaic_v1_SetRoleRequest__Output } from './mosaic/v1/SetRoleRequest.js';
import type { SetRoleResponse as _mosaic_v1_SetRoleResponse, SetRoleResponse__Output as _mosaic_v1_SetRoleResponse__Output } from './mosaic/v1/SetRoleResponse.js';
import type { SetShapeRequest as _mosaic_v1_SetShapeRequest, SetShapeRequest__Output as _mosaic_v1_SetShapeRequest__Output } from './mosaic/v1/SetShapeRequest.js';
import type { SetShapeResponse as _mosaic_v1_SetShapeResponse, SetShapeResponse__Output as _mosaic_v1_SetShapeResponse__Output } from './mosaic/v1/SetShapeResponse.js';
import type { ShareHostRequest as _mosaic_v1_ShareHostRequest, ShareHostRequest__Output as _mosaic_v1_ShareHostRequest__Output } from './mosaic/v1/ShareHostRequest.js';
import type { ShareHostResponse as _mosaic_v1_ShareHostResponse, ShareHostResponse__Output as _mosaic_v1_ShareHostResponse__Output } from './mosaic/v1/ShareHostResponse.js';
import type { StandingDemand as _mosaic_v1_StandingDemand, StandingDemand__Output as _mosaic_v1_StandingDemand__Output } from './mosaic/v1/StandingDemand.js';
import type { StepCancel as _mosaic_v1_StepCancel, StepCancel__Output as _mosaic_v1_StepCancel__Output } from './mosaic/v1/StepCancel.js';
import type { StepOutcome as _mosaic_v1_StepOutcome, StepOutcome__Output as _mosaic_v1_StepOutcome__Output } from './mosaic/v1/StepOutcome.js';
import type { StepPolicy as _mosaic_v1_StepPolicy, StepPolicy__Output as _mosaic_v1_StepPolicy__Output } from './mosaic/v1/StepPolicy.js';
import type { StepRenew as _mosaic_v1_StepRenew, StepRenew__Output as _mosaic_v1_StepRenew__Output } from './mosaic/v1/StepRenew.js';
import type { StepRequest as _mosaic_v1_StepRequest, StepRequest__Output as _mosaic_v1_StepRequest__Output } from './mosaic/v1/StepRequest.js';
import type { StepUpdate as _mosaic_v1_StepUpdate, StepUpdate__Output as _mosaic_v1_StepUpdate__Output } from './mosaic/v1/StepUpdate.js';
import type { Superseded as _mosaic_v1_Superseded, Superseded__Output as _mosaic_v1_Superseded__Output } from './mosaic/v1/Superseded.js';
import type { Task as _mosaic_v1_Task, Task__Output as _mosaic_v1_Task__Output } from './mosaic/v1/Task.js';
import type { TaskAck as _mosaic_v1_TaskAck, TaskAck__Output as _mosaic_v1_TaskAck__Output } from './mosaic/v1/TaskAck.js';
import type { TaskSpec as _mosaic_v1_TaskSpec, TaskSpec__Output as _mosaic_v1_TaskSpec__Output } from './mosaic/v1/TaskSpec.js';
import type { TaskStatus as _mosaic_v1_TaskStatus, TaskStatus__Output as _mosaic_v1_TaskStatus__Output } from './mosaic/v1/TaskStatus.js';
import type { TeardownFrameworkRequest as _mosaic_v1_TeardownFrameworkRequest, TeardownFrameworkRequest__Output as _mosaic_v1_TeardownFrameworkRequest__Output } from './mosaic/v1/TeardownFrameworkRequest.js';
import type { TeardownFrameworkResponse as _mosaic_v1_TeardownFrameworkResponse, TeardownFrameworkResponse__Output as _mosaic_v1_TeardownFrameworkResponse__Output } from './mosaic/v1/TeardownFrameworkResponse.js';
import type { Transition as _mosaic_v1_Transition, Transition__Output as _mosaic_v1_Transition__Output } from './mosaic/v1/Transition.js';
import type { UncordonHostRequest as _mosaic_v1_UncordonHostRequest, UncordonHostRequest__Output as _mosaic_v1_UncordonHostRequest__Output } from './mosaic/v1/UncordonHostRequest.js';
import type { UncordonHostResponse as _mosaic_v1_UncordonHostResponse, UncordonHostResponse__Output as _mosaic_v1_UncordonHostResponse__Output } from './mosaic/v1/UncordonHostResponse.js';
import type { UnfreezeRequest as _mosaic_v1_UnfreezeRequest, UnfreezeRequest__Output as _mosaic_v1_UnfreezeRequest__Output } from './mosaic/v1/UnfreezeRequest.js';
import type { UnfreezeResponse as _mosaic_v1_UnfreezeResponse, UnfreezeResponse__Output as _mosaic_v1_UnfreezeResponse__Output } from './mosaic/v1/UnfreezeResponse.js';
import type { UnreserveCapacityRequest as _mosaic_v1_UnreserveCapacityRequest, UnreserveCapacityRequest__Output as _mosaic_v1_UnreserveCapacityRequest__Output } from './mosaic/v1/UnreserveCapacityRequest.js';
import type { UnreserveCapacityResponse as _mosaic_v1_UnreserveCapacityResponse, UnreserveCapacityResponse__Output as _mosaic_v1_UnreserveCapacityResponse__Output } from './mosaic/v1/UnreserveCapacityResponse.js';
import type { WatchRequest as _mosaic_v1_WatchRequest, WatchRequest__Output as _mosaic_v1_WatchRequest__Output } from './mosaic/v1/WatchRequest.js';
import type { WatchResponse as _mosaic_v1_WatchResponse, WatchResponse__Output as _mosaic_v1_WatchResponse__Output } from './mosaic/v1/WatchResponse.js';
import type { WatchToken as _mosaic_v1_WatchToken, WatchToken__Output as _mosaic_v1_WatchToken__Output } from './mosaic/v1/WatchToken.js';
import type { Welcome as _mosaic_v1_Welcome, Welcome__Output as _mosaic_v1_Welcome__Output } from './mosaic/v1/Welcome.js';
import type { Why as _mosaic_v1_Why, Why__Output as _mosaic_v1_Why__Output } from './mosaic/v1/Why.js';
import type { WhyReason as _mosaic_v1_WhyReason, WhyReason__Output as _mosaic_v1_WhyReason__Output } from './mosaic/v1/WhyReason.js';
import type { WriteFile as _mosaic_v1_WriteFile, WriteFile__Output as _mosaic_v1_WriteFile__Output } from './mosaic/v1/WriteFile.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  mosaic: {
    v1: {
      Ack: MessageTypeDefinition<_mosaic_v1_Ack, _mosaic_v1_Ack__Output>
      AdmitHostRequest: MessageTypeDefinition<_mosaic_v1_AdmitHostRequest, _mosaic_v1_AdmitHostRequest__Output>
      AdmitHostResponse: MessageTypeDefinition<_mosaic_v1_AdmitHostResponse, _mosaic_v1_AdmitHostResponse__Output>
      AdoptRequest: MessageTypeDefinition<_mosaic_v1_AdoptRequest, _mosaic_v1_AdoptRequest__Output>
      AdoptResponse: MessageTypeDefinition<_mosaic_v1_AdoptResponse, _mosaic_v1_AdoptResponse__Output>
      ApplyQuotaRequest: MessageTypeDefinition<_mosaic_v1_ApplyQuotaRequest, _mosaic_v1_ApplyQuotaRequest__Output>
      ApplyQuotaResponse: MessageTypeDefinition<_mosaic_v1_ApplyQuotaResponse, _mosaic_v1_ApplyQuotaResponse__Output>
      ApprovePlanRequest: MessageTypeDefinition<_mosaic_v1_ApprovePlanRequest, _mosaic_v1_ApprovePlanRequest__Output>
      ApprovePlanResponse: MessageTypeDefinition<_mosaic_v1_ApprovePlanResponse, _mosaic_v1_ApprovePlanResponse__Output>
      AuditRequest: MessageTypeDefinition<_mosaic_v1_AuditRequest, _mosaic_v1_AuditRequest__Output>
      AuditResponse: MessageTypeDefinition<_mosaic_v1_AuditResponse, _mosaic_v1_AuditResponse__Output>
      Blocker: MessageTypeDefinition<_mosaic_v1_Blocker, _mosaic_v1_Blocker__Output>
      Bookmark: MessageTypeDefinition<_mosaic_v1_Bookmark, _mosaic_v1_Bookmark__Output>
      CallWebhook: MessageTypeDefinition<_mosaic_v1_CallWebhook, _mosaic_v1_CallWebhook__Output>
      CancelDrainRequest: MessageTypeDefinition<_mosaic_v1_CancelDrainRequest, _mosaic_v1_CancelDrainRequest__Output>
      CancelDrainResponse: MessageTypeDefinition<_mosaic_v1_CancelDrainResponse, _mosaic_v1_CancelDrainResponse__Output>
      CancelMoveRequest: MessageTypeDefinition<_mosaic_v1_CancelMoveRequest, _mosaic_v1_CancelMoveRequest__Output>
      CancelMoveResponse: MessageTypeDefinition<_mosaic_v1_CancelMoveResponse, _mosaic_v1_CancelMoveResponse__Output>
      CommandReply: MessageTypeDefinition<_mosaic_v1_CommandReply, _mosaic_v1_CommandReply__Output>
      Condition: MessageTypeDefinition<_mosaic_v1_Condition, _mosaic_v1_Condition__Output>
      ConditionKind: EnumTypeDefinition
      ConfirmHostOffRequest: MessageTypeDefinition<_mosaic_v1_ConfirmHostOffRequest, _mosaic_v1_ConfirmHostOffRequest__Output>
      ConfirmHostOffResponse: MessageTypeDefinition<_mosaic_v1_ConfirmHostOffResponse, _mosaic_v1_ConfirmHostOffResponse__Output>
      Constraint: MessageTypeDefinition<_mosaic_v1_Constraint, _mosaic_v1_Constraint__Output>
      ConstraintOp: EnumTypeDefinition
      CordonHostRequest: MessageTypeDefinition<_mosaic_v1_CordonHostRequest, _mosaic_v1_CordonHostRequest__Output>
      CordonHostResponse: MessageTypeDefinition<_mosaic_v1_CordonHostResponse, _mosaic_v1_CordonHostResponse__Output>
      Decision: MessageTypeDefinition<_mosaic_v1_Decision, _mosaic_v1_Decision__Output>
      DeleteHostProfileRequest: MessageTypeDefinition<_mosaic_v1_DeleteHostProfileRequest, _mosaic_v1_DeleteHostProfileRequest__Output>
      DeleteHostProfileResponse: MessageTypeDefinition<_mosaic_v1_DeleteHostProfileResponse, _mosaic_v1_DeleteHostProfileResponse__Output>
      DeleteMaintenanceWindowRequest: MessageTypeDefinition<_mosaic_v1_DeleteMaintenanceWindowRequest, _mosaic_v1_DeleteMaintenanceWindowRequest__Output>
      DeleteMaintenanceWindowResponse: MessageTypeDefinition<_mosaic_v1_DeleteMaintenanceWindowResponse, _mosaic_v1_DeleteMaintenanceWindowResponse__Output>
      DeleteRoleRequest: MessageTypeDefinition<_mosaic_v1_DeleteRoleRequest, _mosaic_v1_DeleteRoleRequest__Output>
      DeleteRoleResponse: MessageTypeDefinition<_mosaic_v1_DeleteRoleResponse, _mosaic_v1_DeleteRoleResponse__Output>
      DemandStatus: MessageTypeDefinition<_mosaic_v1_DemandStatus, _mosaic_v1_DemandStatus__Output>
      DrainHostRequest: MessageTypeDefinition<_mosaic_v1_DrainHostRequest, _mosaic_v1_DrainHostRequest__Output>
      DrainHostResponse: MessageTypeDefinition<_mosaic_v1_DrainHostResponse, _mosaic_v1_DrainHostResponse__Output>
      ErrorCode: EnumTypeDefinition
      ExplainRequest: MessageTypeDefinition<_mosaic_v1_ExplainRequest, _mosaic_v1_ExplainRequest__Output>
      ExplainResponse: MessageTypeDefinition<_mosaic_v1_ExplainResponse, _mosaic_v1_ExplainResponse__Output>
      FaultDomain: MessageTypeDefinition<_mosaic_v1_FaultDomain, _mosaic_v1_FaultDomain__Output>
      FieldValue: MessageTypeDefinition<_mosaic_v1_FieldValue, _mosaic_v1_FieldValue__Output>
      ForgetHostRequest: MessageTypeDefinition<_mosaic_v1_ForgetHostRequest, _mosaic_v1_ForgetHostRequest__Output>
      ForgetHostResponse: MessageTypeDefinition<_mosaic_v1_ForgetHostResponse, _mosaic_v1_ForgetHostResponse__Output>
      Framework: MessageTypeDefinition<_mosaic_v1_Framework, _mosaic_v1_Framework__Output>
      FreezeRequest: MessageTypeDefinition<_mosaic_v1_FreezeRequest, _mosaic_v1_FreezeRequest__Output>
      FreezeResponse: MessageTypeDefinition<_mosaic_v1_FreezeResponse, _mosaic_v1_FreezeResponse__Output>
      FrozenScope: MessageTypeDefinition<_mosaic_v1_FrozenScope, _mosaic_v1_FrozenScope__Output>
      GetHostProfileRequest: MessageTypeDefinition<_mosaic_v1_GetHostProfileRequest, _mosaic_v1_GetHostProfileRequest__Output>
      GetHostProfileResponse: MessageTypeDefinition<_mosaic_v1_GetHostProfileResponse, _mosaic_v1_GetHostProfileResponse__Output>
      GetHostRequest: MessageTypeDefinition<_mosaic_v1_GetHostRequest, _mosaic_v1_GetHostRequest__Output>
      GetHostResponse: MessageTypeDefinition<_mosaic_v1_GetHostResponse, _mosaic_v1_GetHostResponse__Output>
      GetOverviewRequest: MessageTypeDefinition<_mosaic_v1_GetOverviewRequest, _mosaic_v1_GetOverviewRequest__Output>
      GetOverviewResponse: MessageTypeDefinition<_mosaic_v1_GetOverviewResponse, _mosaic_v1_GetOverviewResponse__Output>
      GetPlanRequest: MessageTypeDefinition<_mosaic_v1_GetPlanRequest, _mosaic_v1_GetPlanRequest__Output>
      GetPlanResponse: MessageTypeDefinition<_mosaic_v1_GetPlanResponse, _mosaic_v1_GetPlanResponse__Output>
      GetTransitionRequest: MessageTypeDefinition<_mosaic_v1_GetTransitionRequest, _mosaic_v1_GetTransitionRequest__Output>
      GetTransitionResponse: MessageTypeDefinition<_mosaic_v1_GetTransitionResponse, _mosaic_v1_GetTransitionResponse__Output>
      GoingAway: MessageTypeDefinition<_mosaic_v1_GoingAway, _mosaic_v1_GoingAway__Output>
      Heartbeat: MessageTypeDefinition<_mosaic_v1_Heartbeat, _mosaic_v1_Heartbeat__Output>
      Holder: MessageTypeDefinition<_mosaic_v1_Holder, _mosaic_v1_Holder__Output>
      Host: MessageTypeDefinition<_mosaic_v1_Host, _mosaic_v1_Host__Output>
      HostDrain: MessageTypeDefinition<_mosaic_v1_HostDrain, _mosaic_v1_HostDrain__Output>
      HostIdentity: MessageTypeDefinition<_mosaic_v1_HostIdentity, _mosaic_v1_HostIdentity__Output>
      HostMode: EnumTypeDefinition
      HostProfile: MessageTypeDefinition<_mosaic_v1_HostProfile, _mosaic_v1_HostProfile__Output>
      LeaveForecast: MessageTypeDefinition<_mosaic_v1_LeaveForecast, _mosaic_v1_LeaveForecast__Output>
      ListConditionsRequest: MessageTypeDefinition<_mosaic_v1_ListConditionsRequest, _mosaic_v1_ListConditionsRequest__Output>
      ListConditionsResponse: MessageTypeDefinition<_mosaic_v1_ListConditionsResponse, _mosaic_v1_ListConditionsResponse__Output>
      ListDemandsRequest: MessageTypeDefinition<_mosaic_v1_ListDemandsRequest, _mosaic_v1_ListDemandsRequest__Output>
      ListDemandsResponse: MessageTypeDefinition<_mosaic_v1_ListDemandsResponse, _mosaic_v1_ListDemandsResponse__Output>
      ListFrameworksRequest: MessageTypeDefinition<_mosaic_v1_ListFrameworksRequest, _mosaic_v1_ListFrameworksRequest__Output>
      ListFrameworksResponse: MessageTypeDefinition<_mosaic_v1_ListFrameworksResponse, _mosaic_v1_ListFrameworksResponse__Output>
      ListFreezesRequest: MessageTypeDefinition<_mosaic_v1_ListFreezesRequest, _mosaic_v1_ListFreezesRequest__Output>
      ListFreezesResponse: MessageTypeDefinition<_mosaic_v1_ListFreezesResponse, _mosaic_v1_ListFreezesResponse__Output>
      ListHostProfilesRequest: MessageTypeDefinition<_mosaic_v1_ListHostProfilesRequest, _mosaic_v1_ListHostProfilesRequest__Output>
      ListHostProfilesResponse: MessageTypeDefinition<_mosaic_v1_ListHostProfilesResponse, _mosaic_v1_ListHostProfilesResponse__Output>
      ListHostsRequest: MessageTypeDefinition<_mosaic_v1_ListHostsRequest, _mosaic_v1_ListHostsRequest__Output>
      ListHostsResponse: MessageTypeDefinition<_mosaic_v1_ListHostsResponse, _mosaic_v1_ListHostsResponse__Output>
      ListMaintenanceWindowsRequest: MessageTypeDefinition<_mosaic_v1_ListMaintenanceWindowsRequest, _mosaic_v1_ListMaintenanceWindowsRequest__Output>
      ListMaintenanceWindowsResponse: MessageTypeDefinition<_mosaic_v1_ListMaintenanceWindowsResponse, _mosaic_v1_ListMaintenanceWindowsResponse__Output>
      ListOffersRequest: MessageTypeDefinition<_mosaic_v1_ListOffersRequest, _mosaic_v1_ListOffersRequest__Output>
      ListOffersResponse: MessageTypeDefinition<_mosaic_v1_ListOffersResponse, _mosaic_v1_ListOffersResponse__Output>
      ListReservationsRequest: MessageTypeDefinition<_mosaic_v1_ListReservationsRequest, _mosaic_v1_ListReservationsRequest__Output>
      ListReservationsResponse: MessageTypeDefinition<_mosaic_v1_ListReservationsResponse, _mosaic_v1_ListReservationsResponse__Output>
      ListRolesRequest: MessageTypeDefinition<_mosaic_v1_ListRolesRequest, _mosaic_v1_ListRolesRequest__Output>
      ListRolesResponse: MessageTypeDefinition<_mosaic_v1_ListRolesResponse, _mosaic_v1_ListRolesResponse__Output>
      ListTasksRequest: MessageTypeDefinition<_mosaic_v1_ListTasksRequest, _mosaic_v1_ListTasksRequest__Output>
      ListTasksResponse: MessageTypeDefinition<_mosaic_v1_ListTasksResponse, _mosaic_v1_ListTasksResponse__Output>
      ListTransitionsRequest: MessageTypeDefinition<_mosaic_v1_ListTransitionsRequest, _mosaic_v1_ListTransitionsRequest__Output>
      ListTransitionsResponse: MessageTypeDefinition<_mosaic_v1_ListTransitionsResponse, _mosaic_v1_ListTransitionsResponse__Output>
      MaintenanceWindow: MessageTypeDefinition<_mosaic_v1_MaintenanceWindow, _mosaic_v1_MaintenanceWindow__Output>
      MoveHostRequest: MessageTypeDefinition<_mosaic_v1_MoveHostRequest, _mosaic_v1_MoveHostRequest__Output>
      MoveHostResponse: MessageTypeDefinition<_mosaic_v1_MoveHostResponse, _mosaic_v1_MoveHostResponse__Output>
      Need: MessageTypeDefinition<_mosaic_v1_Need, _mosaic_v1_Need__Output>
      ObservedHost: MessageTypeDefinition<_mosaic_v1_ObservedHost, _mosaic_v1_ObservedHost__Output>
      OpenOffer: MessageTypeDefinition<_mosaic_v1_OpenOffer, _mosaic_v1_OpenOffer__Output>
      OperatorService: SubtypeConstructor<typeof grpc.Client, _mosaic_v1_OperatorServiceClient> & { service: _mosaic_v1_OperatorServiceDefinition }
      Overview: MessageTypeDefinition<_mosaic_v1_Overview, _mosaic_v1_Overview__Output>
      Owner: MessageTypeDefinition<_mosaic_v1_Owner, _mosaic_v1_Owner__Output>
      PageRequest: MessageTypeDefinition<_mosaic_v1_PageRequest, _mosaic_v1_PageRequest__Output>
      Plan: MessageTypeDefinition<_mosaic_v1_Plan, _mosaic_v1_Plan__Output>
      PlanMode: EnumTypeDefinition
      PlannedMove: MessageTypeDefinition<_mosaic_v1_PlannedMove, _mosaic_v1_PlannedMove__Output>
      PortRange: MessageTypeDefinition<_mosaic_v1_PortRange, _mosaic_v1_PortRange__Output>
      ProfileStep: MessageTypeDefinition<_mosaic_v1_ProfileStep, _mosaic_v1_ProfileStep__Output>
      Quantities: MessageTypeDefinition<_mosaic_v1_Quantities, _mosaic_v1_Quantities__Output>
      QuarantineHostRequest: MessageTypeDefinition<_mosaic_v1_QuarantineHostRequest, _mosaic_v1_QuarantineHostRequest__Output>
      QuarantineHostResponse: MessageTypeDefinition<_mosaic_v1_QuarantineHostResponse, _mosaic_v1_QuarantineHostResponse__Output>
      RebaseImage: MessageTypeDefinition<_mosaic_v1_RebaseImage, _mosaic_v1_RebaseImage__Output>
      Reboot: MessageTypeDefinition<_mosaic_v1_Reboot, _mosaic_v1_Reboot__Output>
      ReclaimKind: EnumTypeDefinition
      ReclaimPolicy: MessageTypeDefinition<_mosaic_v1_ReclaimPolicy, _mosaic_v1_ReclaimPolicy__Output>
      RefusalCode: EnumTypeDefinition
      Refused: MessageTypeDefinition<_mosaic_v1_Refused, _mosaic_v1_Refused__Output>
      RejectPlanRequest: MessageTypeDefinition<_mosaic_v1_RejectPlanRequest, _mosaic_v1_RejectPlanRequest__Output>
      RejectPlanResponse: MessageTypeDefinition<_mosaic_v1_RejectPlanResponse, _mosaic_v1_RejectPlanResponse__Output>
      ReleaseHostRequest: MessageTypeDefinition<_mosaic_v1_ReleaseHostRequest, _mosaic_v1_ReleaseHostRequest__Output>
      ReleaseHostResponse: MessageTypeDefinition<_mosaic_v1_ReleaseHostResponse, _mosaic_v1_ReleaseHostResponse__Output>
      ReleasePeerRequest: MessageTypeDefinition<_mosaic_v1_ReleasePeerRequest, _mosaic_v1_ReleasePeerRequest__Output>
      ReleasePeerResponse: MessageTypeDefinition<_mosaic_v1_ReleasePeerResponse, _mosaic_v1_ReleasePeerResponse__Output>
      Reservation: MessageTypeDefinition<_mosaic_v1_Reservation, _mosaic_v1_Reservation__Output>
      ReserveCapacityRequest: MessageTypeDefinition<_mosaic_v1_ReserveCapacityRequest, _mosaic_v1_ReserveCapacityRequest__Output>
      ReserveCapacityResponse: MessageTypeDefinition<_mosaic_v1_ReserveCapacityResponse, _mosaic_v1_ReserveCapacityResponse__Output>
      ResetBreakerRequest: MessageTypeDefinition<_mosaic_v1_ResetBreakerRequest, _mosaic_v1_ResetBreakerRequest__Output>
      ResetBreakerResponse: MessageTypeDefinition<_mosaic_v1_ResetBreakerResponse, _mosaic_v1_ResetBreakerResponse__Output>
      Resources: MessageTypeDefinition<_mosaic_v1_Resources, _mosaic_v1_Resources__Output>
      RetryMoveRequest: MessageTypeDefinition<_mosaic_v1_RetryMoveRequest, _mosaic_v1_RetryMoveRequest__Output>
      RetryMoveResponse: MessageTypeDefinition<_mosaic_v1_RetryMoveResponse, _mosaic_v1_RetryMoveResponse__Output>
      Role: MessageTypeDefinition<_mosaic_v1_Role, _mosaic_v1_Role__Output>
      RoleChange: MessageTypeDefinition<_mosaic_v1_RoleChange, _mosaic_v1_RoleChange__Output>
      RoleEdit: MessageTypeDefinition<_mosaic_v1_RoleEdit, _mosaic_v1_RoleEdit__Output>
      RunCommand: MessageTypeDefinition<_mosaic_v1_RunCommand, _mosaic_v1_RunCommand__Output>
      RunContainer: MessageTypeDefinition<_mosaic_v1_RunContainer, _mosaic_v1_RunContainer__Output>
      SessionOpening: MessageTypeDefinition<_mosaic_v1_SessionOpening, _mosaic_v1_SessionOpening__Output>
      SetHostProfileRequest: MessageTypeDefinition<_mosaic_v1_SetHostProfileRequest, _mosaic_v1_SetHostProfileRequest__Output>
      SetHostProfileResponse: MessageTypeDefinition<_mosaic_v1_SetHostProfileResponse, _mosaic_v1_SetHostProfileResponse__Output>
      SetMaintenanceWindowRequest: MessageTypeDefinition<_mosaic_v1_SetMaintenanceWindowRequest, _mosaic_v1_SetMaintenanceWindowRequest__Output>
      SetMaintenanceWindowResponse: MessageTypeDefinition<_mosaic_v1_SetMaintenanceWindowResponse, _mosaic_v1_SetMaintenanceWindowResponse__Output>
      SetPlanModeRequest: MessageTypeDefinition<_mosaic_v1_SetPlanModeRequest, _mosaic_v1_SetPlanModeRequest__Output>
      SetPlanModeResponse: MessageTypeDefinition<_mosaic_v1_SetPlanModeResponse, _mosaic_v1_SetPlanModeResponse__Output>
      SetRoleRequest: MessageTypeDefinition<_mosaic_v1_SetRoleRequest, _mosaic_v1_SetRoleRequest__Output>
      SetRoleResponse: MessageTypeDefinition<_mosaic_v1_SetRoleResponse, _mosaic_v1_SetRoleResponse__Output>
      SetShapeRequest: MessageTypeDefinition<_mosaic_v1_SetShapeRequest, _mosaic_v1_SetShapeRequest__Output>
      SetShapeResponse: MessageTypeDefinition<_mosaic_v1_SetShapeResponse, _mosaic_v1_SetShapeResponse__Output>
      ShareHostRequest: MessageTypeDefinition<_mosaic_v1_ShareHostRequest, _mosaic_v1_ShareHostRequest__Output>
      ShareHostResponse: MessageTypeDefinition<_mosaic_v1_ShareHostResponse, _mosaic_v1_ShareHostResponse__Output>
      StandingDemand: MessageTypeDefinition<_mosaic_v1_StandingDemand, _mosaic_v1_StandingDemand__Output>
      StepCancel: MessageTypeDefinition<_mosaic_v1_StepCancel, _mosaic_v1_StepCancel__Output>
      StepEnd: EnumTypeDefinition
      StepName: EnumTypeDefinition
      StepOutcome: MessageTypeDefinition<_mosaic_v1_StepOutcome, _mosaic_v1_StepOutcome__Output>
      StepPolicy: MessageTypeDefinition<_mosaic_v1_StepPolicy, _mosaic_v1_StepPolicy__Output>
      StepRenew: MessageTypeDefinition<_mosaic_v1_StepRenew, _mosaic_v1_StepRenew__Output>
      StepRequest: MessageTypeDefinition<_mosaic_v1_StepRequest, _mosaic_v1_StepRequest__Output>
      StepState: EnumTypeDefinition
      StepUpdate: MessageTypeDefinition<_mosaic_v1_StepUpdate, _mosaic_v1_StepUpdate__Output>
      Superseded: MessageTypeDefinition<_mosaic_v1_Superseded, _mosaic_v1_Superseded__Output>
      Task: MessageTypeDefinition<_mosaic_v1_Task, _mosaic_v1_Task__Output>
      TaskAck: MessageTypeDefinition<_mosaic_v1_TaskAck, _mosaic_v1_TaskAck__Output>
      TaskSpec: MessageTypeDefinition<_mosaic_v1_TaskSpec, _mosaic_v1_TaskSpec__Output>
      TaskState: EnumTypeDefinition
      TaskStatus: MessageTypeDefinition<_mosaic_v1_TaskStatus, _mosaic_v1_TaskStatus__Output>
      TeardownFrameworkRequest: MessageTypeDefinition<_mosaic_v1_TeardownFrameworkRequest, _mosaic_v1_TeardownFrameworkRequest__Output>
      TeardownFrameworkResponse: MessageTypeDefinition<_mosaic_v1_TeardownFrameworkResponse, _mosaic_v1_TeardownFrameworkResponse__Output>
      Transition: MessageTypeDefinition<_mosaic_v1_Transition, _mosaic_v1_Transition__Output>
      TransitionDirection: EnumTypeDefinition
      TransitionStep: EnumTypeDefinition
      UncordonHostRequest: MessageTypeDefinition<_mosaic_v1_UncordonHostRequest, _mosaic_v1_UncordonHostRequest__Output>
      UncordonHostResponse: MessageTypeDefinition<_mosaic_v1_UncordonHostResponse, _mosaic_v1_UncordonHostResponse__Output>
      UnfreezeRequest: MessageTypeDefinition<_mosaic_v1_UnfreezeRequest, _mosaic_v1_UnfreezeRequest__Output>
      UnfreezeResponse: MessageTypeDefinition<_mosaic_v1_UnfreezeResponse, _mosaic_v1_UnfreezeResponse__Output>
      UnreserveCapacityRequest: MessageTypeDefinition<_mosaic_v1_UnreserveCapacityRequest, _mosaic_v1_UnreserveCapacityRequest__Output>
      UnreserveCapacityResponse: MessageTypeDefinition<_mosaic_v1_UnreserveCapacityResponse, _mosaic_v1_UnreserveCapacityResponse__Output>
      WaitReason: EnumTypeDefinition
      WaitWord: EnumTypeDefinition
      WatchRequest: MessageTypeDefinition<_mosaic_v1_WatchRequest, _mosaic_v1_WatchRequest__Output>
      WatchResponse: MessageTypeDefinition<_mosaic_v1_WatchResponse, _mosaic_v1_WatchResponse__Output>
      WatchToken: MessageTypeDefinition<_mosaic_v1_WatchToken, _mosaic_v1_WatchToken__Output>
      Welcome: MessageTypeDefinition<_mosaic_v1_Welcome, _mosaic_v1_Welcome__Output>
      Why: MessageTypeDefinition<_mosaic_v1_Why, _mosaic_v1_Why__Output>
      WhyReason: MessageTypeDefinition<_mosaic_v1_WhyReason, _mosaic_v1_WhyReason__Output>
      WriteFile: MessageTypeDefinition<_mosaic_v1_WriteFile, _mosaic_v1_WriteFile__Output>
    }
  }
}

