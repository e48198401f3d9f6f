from chassis.process import main
from services.intake.service import SERVICE

main(SERVICE)
