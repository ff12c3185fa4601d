use api_support::{Call, Opaque, Rejection, WireRules};
use membership_apis::control::models::{ApiName, Coverage, Health, WorldList};
use membership_apis::control::operations as op;
use membership_apis::control::{ControlApi, ControlCredentials, ControlRefusal};

use super::error::{self, ControlError};
use super::{ControlServer, access, clock, documents, events, faults, requests, worlds};
use crate::coverage;
use crate::visit::PublicBase;
use crate::world::Rows;

/// A caller who may steer.
#[derive(Clone, Debug)]
pub(super) struct Steering {
    /// The address the caller knows the server by.
    pub(super) base: PublicBase,
}

impl ControlApi for ControlServer {
    type Context = Steering;
    type Error = ControlError;
    const WIRE: WireRules = super::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: ControlCredentials) -> Result<Steering, Rejection> {
        access::authenticate(self, call, &credentials)
    }

    fn admit(&self, _: &Steering, call: &Call<'_>) -> Result<(), ControlRefusal> {
        access::admit(self, call).map_err(error::of_denied)
    }

    fn reject(&self, _: Option<&Steering>, _: &Call<'_>, rejection: Rejection) -> ControlRefusal {
        error::of_rejection(&rejection)
    }

    fn fail(&self, _: &Steering, _: &Call<'_>, error: ControlError) -> ControlRefusal {
        error::of_handler(error)
    }

    // The server and its worlds.

    async fn get_health(&self, _: Steering, _: op::GetHealth) -> Result<op::GetHealthResponse, ControlError> {
        Ok(op::GetHealthResponse::Ok(Health {
            ready: true,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            apis: documents::names(),
        }))
    }

    async fn list_apis(
        &self,
        steering: Steering,
        _: op::ListApis,
    ) -> Result<op::ListApisResponse, ControlError> {
        Ok(op::ListApisResponse::Ok(documents::list(&steering.base)))
    }

    async fn get_openapi_yaml(
        &self,
        _: Steering,
        request: op::GetOpenapiYaml,
    ) -> Result<op::GetOpenapiYamlResponse, ControlError> {
        Ok(op::GetOpenapiYamlResponse::Ok(Opaque {
            media_type: "application/yaml".to_owned(),
            bytes: documents::yaml(&request.api)?,
        }))
    }

    async fn get_openapi_json(
        &self,
        _: Steering,
        request: op::GetOpenapiJson,
    ) -> Result<op::GetOpenapiJsonResponse, ControlError> {
        Ok(op::GetOpenapiJsonResponse::Ok(documents::json(&request.api)?))
    }

    async fn save_state(&self, _: Steering, _: op::SaveState) -> Result<op::SaveStateResponse, ControlError> {
        Ok(op::SaveStateResponse::Ok(self.save()?))
    }

    async fn list_worlds(
        &self,
        steering: Steering,
        _: op::ListWorlds,
    ) -> Result<op::ListWorldsResponse, ControlError> {
        let worlds = self.worlds.list();
        Ok(op::ListWorldsResponse::Ok(WorldList {
            worlds: worlds
                .iter()
                .map(|world| worlds::view(world, &steering.base))
                .collect(),
            most: i64::try_from(self.worlds.most()).unwrap_or(i64::MAX),
        }))
    }

    async fn create_world(
        &self,
        steering: Steering,
        request: op::CreateWorld,
    ) -> Result<op::CreateWorldResponse, ControlError> {
        let world = self.make_world(request.body)?;
        let headers = op::LocationHeaders {
            location: worlds::path(&world),
        };
        Ok(op::CreateWorldResponse::Created(
            worlds::view(&world, &steering.base),
            headers,
        ))
    }

    async fn get_world(
        &self,
        steering: Steering,
        request: op::GetWorld,
    ) -> Result<op::GetWorldResponse, ControlError> {
        let world = self.known_world(&request.world)?;
        Ok(op::GetWorldResponse::Ok(worlds::view(&world, &steering.base)))
    }

    async fn delete_world(
        &self,
        _: Steering,
        request: op::DeleteWorld,
    ) -> Result<op::DeleteWorldResponse, ControlError> {
        self.forget_world(&request.world)?;
        Ok(op::DeleteWorldResponse::NoContent)
    }

    async fn reset_world(
        &self,
        steering: Steering,
        request: op::ResetWorld,
    ) -> Result<op::ResetWorldResponse, ControlError> {
        let world = self.world(&request.world)?;
        world.reset();
        Ok(op::ResetWorldResponse::Ok(worlds::view(&world, &steering.base)))
    }

    // State, clock and events of a world.

    async fn export_state(
        &self,
        _: Steering,
        request: op::ExportState,
    ) -> Result<op::ExportStateResponse, ControlError> {
        Ok(op::ExportStateResponse::Ok(self.world(&request.world)?.export()))
    }

    async fn replace_state(
        &self,
        _: Steering,
        request: op::ReplaceState,
    ) -> Result<op::ReplaceStateResponse, ControlError> {
        let world = self.world(&request.world)?;
        world.import_rows(Rows::checked(&request.body))?;
        Ok(op::ReplaceStateResponse::NoContent)
    }

    async fn merge_state(
        &self,
        _: Steering,
        request: op::MergeState,
    ) -> Result<op::MergeStateResponse, ControlError> {
        let world = self.world(&request.world)?;
        world.merge_rows(Rows::checked(&request.body))?;
        Ok(op::MergeStateResponse::NoContent)
    }

    async fn get_clock(
        &self,
        _: Steering,
        request: op::GetClock,
    ) -> Result<op::GetClockResponse, ControlError> {
        Ok(op::GetClockResponse::Ok(clock::view(
            self.world(&request.world)?.clock(),
        )))
    }

    async fn set_clock(
        &self,
        _: Steering,
        request: op::SetClock,
    ) -> Result<op::SetClockResponse, ControlError> {
        let setting = clock::setting(&request.body)?;
        let turned: Result<_, ControlError> =
            self.world(&request.world)?.turn_clock(|clock| Ok(setting(clock)));
        let clock = turned?;
        Ok(op::SetClockResponse::Ok(clock::view(clock)))
    }

    async fn advance_clock(
        &self,
        _: Steering,
        request: op::AdvanceClock,
    ) -> Result<op::AdvanceClockResponse, ControlError> {
        let by = clock::duration(&request.body.by, "/by")?;
        let world = self.world(&request.world)?;
        let clock = world.turn_clock(|clock| clock::advanced(clock, by))?;
        Ok(op::AdvanceClockResponse::Ok(clock::view(clock)))
    }

    async fn list_events(
        &self,
        _: Steering,
        request: op::ListEvents,
    ) -> Result<op::ListEventsResponse, ControlError> {
        let world = self.world(&request.world)?;
        Ok(op::ListEventsResponse::Ok(events::list(
            &world,
            request.api,
            request.after,
        )))
    }

    // Faults.

    async fn list_faults(
        &self,
        _: Steering,
        request: op::ListFaults,
    ) -> Result<op::ListFaultsResponse, ControlError> {
        Ok(faults::list(&self.world(&request.world)?))
    }

    async fn create_fault(
        &self,
        _: Steering,
        request: op::CreateFault,
    ) -> Result<op::CreateFaultResponse, ControlError> {
        faults::create(&self.world(&request.world)?, request.body)
    }

    async fn delete_faults(
        &self,
        _: Steering,
        request: op::DeleteFaults,
    ) -> Result<op::DeleteFaultsResponse, ControlError> {
        Ok(faults::delete_all(&self.world(&request.world)?))
    }

    async fn delete_fault(
        &self,
        _: Steering,
        request: op::DeleteFault,
    ) -> Result<op::DeleteFaultResponse, ControlError> {
        faults::delete(&self.world(&request.world)?, &request.fault)
    }

    // Requests and violations.

    async fn list_requests(
        &self,
        _: Steering,
        request: op::ListRequests,
    ) -> Result<op::ListRequestsResponse, ControlError> {
        let world = self.world(&request.world)?;
        let list = requests::list(&world, &request)?;
        Ok(op::ListRequestsResponse::Ok(list))
    }

    async fn delete_requests(
        &self,
        _: Steering,
        request: op::DeleteRequests,
    ) -> Result<op::DeleteRequestsResponse, ControlError> {
        self.world(&request.world)?.epoch().record.journal.clear();
        Ok(op::DeleteRequestsResponse::NoContent)
    }

    async fn verify_requests(
        &self,
        _: Steering,
        request: op::VerifyRequests,
    ) -> Result<op::VerifyRequestsResponse, ControlError> {
        let world = self.world(&request.world)?;
        let verified = requests::verify(&world, &request.body)?;
        Ok(op::VerifyRequestsResponse::Ok(verified))
    }

    async fn list_violations(
        &self,
        _: Steering,
        request: op::ListViolations,
    ) -> Result<op::ListViolationsResponse, ControlError> {
        Ok(op::ListViolationsResponse::Ok(
            self.world(&request.world)?
                .epoch()
                .record
                .tally
                .violations
                .list(request.api),
        ))
    }

    async fn list_all_violations(
        &self,
        _: Steering,
        request: op::ListAllViolations,
    ) -> Result<op::ListAllViolationsResponse, ControlError> {
        Ok(op::ListAllViolationsResponse::Ok(
            self.worlds.totals().violations.list(request.api),
        ))
    }

    // Coverage.

    async fn get_coverage(
        &self,
        _: Steering,
        request: op::GetCoverage,
    ) -> Result<op::GetCoverageResponse, ControlError> {
        let report = self.coverage(&request.world, request.api)?;
        Ok(op::GetCoverageResponse::Ok(report))
    }

    async fn get_coverage_text(
        &self,
        _: Steering,
        request: op::GetCoverageText,
    ) -> Result<op::GetCoverageTextResponse, ControlError> {
        let report = self.coverage(&request.world, request.api)?;
        Ok(op::GetCoverageTextResponse::Ok(coverage::text(&report)))
    }

    async fn get_coverage_junit(
        &self,
        _: Steering,
        request: op::GetCoverageJunit,
    ) -> Result<op::GetCoverageJunitResponse, ControlError> {
        let report = self.coverage(&request.world, request.api)?;
        Ok(op::GetCoverageJunitResponse::Ok(xml(&report)))
    }

    async fn get_total_coverage(
        &self,
        _: Steering,
        request: op::GetTotalCoverage,
    ) -> Result<op::GetTotalCoverageResponse, ControlError> {
        Ok(op::GetTotalCoverageResponse::Ok(
            self.worlds.totals().report(request.api),
        ))
    }

    async fn get_total_coverage_text(
        &self,
        _: Steering,
        request: op::GetTotalCoverageText,
    ) -> Result<op::GetTotalCoverageTextResponse, ControlError> {
        let report = self.worlds.totals().report(request.api);
        Ok(op::GetTotalCoverageTextResponse::Ok(coverage::text(&report)))
    }

    async fn get_total_coverage_junit(
        &self,
        _: Steering,
        request: op::GetTotalCoverageJunit,
    ) -> Result<op::GetTotalCoverageJunitResponse, ControlError> {
        let report = self.worlds.totals().report(request.api);
        Ok(op::GetTotalCoverageJunitResponse::Ok(xml(&report)))
    }
}

impl ControlServer {
    /// Which documented answers were seen in a world, of all APIs or one.
    fn coverage(&self, world: &str, only: Option<ApiName>) -> Result<Coverage, ControlError> {
        Ok(self.world(world)?.epoch().record.tally.report(only))
    }
}

fn xml(report: &Coverage) -> Opaque {
    Opaque {
        media_type: "application/xml".to_owned(),
        bytes: coverage::junit(report).into(),
    }
}
