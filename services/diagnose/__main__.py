from chassis.process import main
from services.diagnose.service import SERVICE

main(SERVICE)
